/** One batch tries a channel alone until something is accepted; what it finds out counts for those that wait. */

import { describe, expect, it } from "vitest";
import type { Outcome } from "#core/ports/queue.ts";
import { type AdmissionPass, openAdmission } from "#pipeline/sending/admission.ts";

/** A batch that stays until it is told its outcome. */
function batches(admission = openAdmission()) {
  const began: string[] = [];
  const enter = (name: string, publication = "p") => {
    const end = Promise.withResolvers<Outcome>();
    const inside = Promise.withResolvers<AdmissionPass>();
    const outcome = admission.enter(publication, (pass) => {
      began.push(name);
      inside.resolve(pass);
      return end.promise;
    });
    return { pass: inside.promise, outcome, end: (told: Outcome = {}) => end.resolve(told) };
  };
  /** What can begin has begun. */
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { began, enter, settled };
}

describe("A channel that has not accepted anything", () => {
  it("is tried by one batch, and by all others once that one got something accepted", async () => {
    const { began, enter, settled } = batches();
    const [a, b, c] = [enter("a"), enter("b"), enter("c")];
    const pass = await a.pass;
    await settled();
    expect([began, pass.proven]).toEqual([["a"], false]);
    pass.prove();
    await settled();
    expect([began, pass.proven]).toEqual([["a", "b", "c"], true]);
    for (const batch of [a, b, c]) batch.end({ pauseMs: 1 });
    expect(await Promise.all([a, b, c].map(({ outcome }) => outcome))).toEqual(Array(3).fill({ pauseMs: 1 }));
    enter("d");
    await settled();
    expect(began).toEqual(["a", "b", "c", "d"]);
  });

  it("is tried by the next batch if the first ended without an answer, also with an error", async () => {
    const { began, enter, settled } = batches();
    const [a] = [enter("a"), enter("b"), enter("c")];
    await a.pass;
    a.end();
    await a.outcome;
    await settled();
    expect(began).toEqual(["a", "b"]);
    const admission = openAdmission();
    await expect(admission.enter("p", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await admission.enter("p", async () => ({ pauseMs: 2 }))).toEqual({ pauseMs: 2 });
  });
});

describe("A channel that fails", () => {
  it("reports it once: batches of the same publication get that outcome without a try", async () => {
    const { began, enter, settled } = batches();
    const [a, b, other] = [enter("a"), enter("b"), enter("other", "q")];
    let reports = 0;
    const report = async (): Promise<Outcome> => ({ pauseMs: ++reports * 100 });
    const failed = (await a.pass).fail(report);
    a.end(await failed);
    expect(await Promise.all([a.outcome, b.outcome])).toEqual([{ pauseMs: 100 }, { pauseMs: 100 }]);
    await settled();
    // Another publication has a try of its own.
    expect([began, reports]).toEqual([["a", "other"], 1]);
    other.end();
    // Later the same publication may try again, too.
    const again = enter("again");
    await again.pass;
    expect(began).toEqual(["a", "other", "again"]);
  });

  it("is tried alone again, and batches under way report nothing more", async () => {
    const { began, enter, settled } = batches();
    const a = enter("a");
    const first = await a.pass;
    first.prove();
    const b = enter("b");
    const second = await b.pass;
    let reports = 0;
    const report = async (): Promise<Outcome> => ({ pauseMs: ++reports });
    expect([await first.fail(report), await second.fail(report)]).toEqual([{ pauseMs: 1 }, { pauseMs: 1 }]);
    expect([first.proven, second.proven]).toEqual([false, false]);
    // What was accepted on the way proves nothing about the time after the failure.
    second.prove();
    expect(second.proven).toBe(false);
    a.end();
    b.end();
    await Promise.all([a.outcome, b.outcome]);
    const c = enter("c");
    enter("d");
    await c.pass;
    await settled();
    expect(began).toEqual(["a", "b", "c"]);
    // A new failure is a new report.
    expect(await (await c.pass).fail(report)).toEqual({ pauseMs: 2 });
  });
});
