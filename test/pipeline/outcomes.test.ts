/** What an answer makes of a delivery, of the rest of its batch, and of the wire log. */

import { describe, expect, it } from "vitest";
import type { Change, ClaimedDelivery } from "#core/ports/sending.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { ChannelPublication } from "#core/publishing/publication.ts";
import type { Failure } from "#core/sending/delivery.ts";
import type { SendResult } from "#pipeline/sending/conclude.ts";
import { logAnswer, recordOutcome } from "#pipeline/sending/record-outcome.ts";
import type { Sent } from "#pipeline/sending/stream.ts";

const fresh = (): SendResult => ({ halt: null, accepted: 0, failed: 0, blamed: 0, pauseMs: 0, retryIn: null });
const failure = (kind: Failure["kind"], scope: Failure["scope"], more: Partial<Failure> = {}): Sent => ({
  failure: { kind, scope, code: "code", message: "it said no", ...more },
});

/** Records the answers one after the other, as for one batch. */
async function recorded(
  answers: readonly Sent[],
  { attempts = 0, idempotent = false, ours = true, result = fresh() } = {},
): Promise<{ changes: Change[]; result: SendResult; slowed: string[]; alarms: string[]; errors: string[] }> {
  const told = {
    changes: [] as Change[],
    result,
    slowed: [] as string[],
    alarms: [] as string[],
    errors: [] as string[],
  };
  const delivery: ClaimedDelivery = {
    id: "7",
    recipient: "r",
    generation: 1,
    attempts,
    subject: null,
    subscriber: null,
  };
  const ports = {
    log: { error: (message: string) => told.errors.push(message) },
    ledger: { alarm: async (kind: string) => void told.alarms.push(kind) },
  } as unknown as SendingPorts;
  for (const sent of answers)
    await recordOutcome(delivery, sent, {
      ...{ result, idempotent, ports, publication: { channel: "mail", publicationId: "p" } as ChannelPublication },
      commit: async (change) => {
        told.changes.push(change);
        return ours;
      },
      turns: { failed: async (_delivery, { code }) => void told.slowed.push(code) },
    });
  return told;
}

describe("A delivery", () => {
  it("becomes what its answer says", async () => {
    const states = async (sent: Sent, more = {}) => (await recorded([sent], more)).changes.map(({ state }) => state);
    expect(await states({ receipt: { remoteId: "1" } })).toEqual(["accepted"]);
    expect(await states({ withdrawn: true })).toEqual(["pending"]);
    expect(await states(failure("uncertain", "recipient"))).toEqual(["uncertain"]);
    expect(await states(failure("uncertain", "channel"))).toEqual(["uncertain"]);
    expect(await states(failure("permanent", "recipient"))).toEqual(["refused"]);
    expect(await states(failure("temporary", "recipient"))).toEqual(["retrying"]);
    expect(await states(failure("throttled", "recipient"))).toEqual(["retrying"]);
    // The channel has failed, and nothing is known about this recipient.
    for (const kind of ["temporary", "permanent", "throttled"] as const)
      expect(await states(failure(kind, "channel"))).toEqual(["pending"]);
    // Where a second try is harmless, nothing has to stay uncertain.
    expect(await states(failure("uncertain", "recipient"), { idempotent: true })).toEqual(["retrying"]);
    expect(await states(failure("permanent", "recipient"), { idempotent: true })).toEqual(["refused"]);
  });

  it("is tried five times, and no answer of a provider that is too busy counts as one", async () => {
    const tried = (attempts: number, kind: Failure["kind"]) => recorded([failure(kind, "recipient")], { attempts });
    expect((await tried(3, "temporary")).changes).toMatchObject([{ state: "retrying", attemptCounts: true }]);
    const last = await tried(4, "temporary");
    expect(last.changes).toMatchObject([
      { state: "refused", failure: { message: "it said no (gave up after 5 tries)", kind: "temporary" } },
    ]);
    expect(last.result).toMatchObject({ failed: 1, retryIn: null });
    expect((await tried(40, "throttled")).changes).toMatchObject([{ state: "retrying", attemptCounts: false }]);
    const long = await recorded([failure("temporary", "recipient", { message: "x".repeat(499) })], { attempts: 4 });
    expect(long.changes[0]).toMatchObject({ failure: { message: expect.stringMatching(/^.{500}$/) } });
  });

  it("is due when the server asked for it, else after a delay that grows", async () => {
    const due = async (sent: Sent, attempts = 0): Promise<number> => {
      const [change] = (await recorded([sent], { attempts })).changes;
      return change?.state === "retrying" ? change.dueIn : Number.NaN;
    };
    expect(await due(failure("temporary", "recipient", { retryAfter: 90_000 }))).toBe(90_000);
    expect(await due(failure("temporary", "recipient", { retryAfter: 0 }))).toBe(0);
    const [first, second] = [
      await due(failure("temporary", "recipient")),
      await due(failure("temporary", "recipient"), 1),
    ];
    expect(first).toBeGreaterThanOrEqual(2_000);
    expect(first).toBeLessThanOrEqual(2_400);
    expect(second).toBeGreaterThanOrEqual(8_000);
  });

  it("that was accepted after the claim was lost raises an alarm; any other outcome does not", async () => {
    const lost = await recorded([{ receipt: {} }], { ours: false });
    expect(lost.alarms).toEqual(["accepted-not-ours"]);
    expect(lost.errors).toEqual(["mail: accepted after losing the claim: possible duplicate"]);
    expect((await recorded([{ receipt: {} }])).alarms).toEqual([]);
    expect((await recorded([failure("permanent", "recipient")], { ours: false })).alarms).toEqual([]);
  });
});

describe("A batch", () => {
  it("counts what was accepted and what failed, and waits as long as the longest receipt asks", async () => {
    const { result } = await recorded([
      { receipt: { pauseMs: 300 } },
      { receipt: { pauseMs: 100 } },
      { receipt: {} },
      failure("permanent", "recipient"),
      failure("temporary", "recipient", { retryAfter: 700 }),
      failure("temporary", "recipient", { retryAfter: 500 }),
      failure("temporary", "recipient", { retryAfter: 900 }),
    ]);
    expect(result).toEqual({ halt: null, accepted: 3, failed: 1, blamed: 0, pauseMs: 300, retryIn: 500 });
  });

  it("stops at a failure of the channel and at a lost answer, and keeps the first reason", async () => {
    const { result } = await recorded([
      failure("uncertain", "recipient", { code: "lost" }),
      failure("permanent", "channel", { code: "password" }),
    ]);
    expect(result).toMatchObject({ halt: { code: "lost", kind: "temporary", scope: "channel" }, failed: 1 });
    const other = await recorded([
      failure("permanent", "channel", { code: "password" }),
      failure("uncertain", "recipient"),
    ]);
    expect(other.result.halt).toMatchObject({ code: "password", kind: "permanent" });
  });

  it("counts refusals because of the sender until something is accepted, and does not slow the provider for them", async () => {
    const policy = failure("permanent", "recipient", { enhanced: "5.7.1" });
    const two = await recorded([policy, failure("temporary", "recipient", { enhanced: "4.7.0" })]);
    expect(two.result.blamed).toBe(2);
    // The address is fine.
    expect(two.changes.map(({ state }) => state)).toEqual(["retrying", "retrying"]);
    expect(two.slowed).toEqual([]);
    expect((await recorded([policy, { receipt: {} }])).result.blamed).toBe(0);
    expect((await recorded([failure("temporary", "recipient", { code: "busy" })])).slowed).toEqual(["busy"]);
    for (const enhanced of ["5.1.7", "2.7.1", "15.7.1", "5.70.1"])
      expect((await recorded([failure("permanent", "recipient", { enhanced })])).result.blamed, enhanced).toBe(0);
  });
});

it("The wire log learns of a receipt, and of what was certainly not taken", () => {
  const noted: string[] = [];
  const wire = {
    accepted: (id: string) => noted.push(`accepted ${id}`),
    notTaken: (id: string) => noted.push(`not taken ${id}`),
  } as unknown as Parameters<typeof logAnswer>[0];
  const answers: [string, Sent][] = [
    ["1", { receipt: {} }],
    ["2", { withdrawn: true }],
    ["3", failure("temporary", "channel")],
    ["4", failure("permanent", "recipient")],
    // Nobody knows: it stays as begun.
    ["5", failure("uncertain", "recipient")],
  ];
  for (const [id, sent] of answers) logAnswer(wire, { id } as ClaimedDelivery, sent);
  expect(noted).toEqual(["accepted 1", "not taken 2", "not taken 3", "not taken 4"]);
});
