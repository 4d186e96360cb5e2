/** A republish after an edit, through every adapter: the plan that is shown is what then happens. */

import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Adapter, Envelope, Schema, Transport } from "#core/adapter.ts";
import type { RepublishMode } from "#core/publishing/republish.ts";
import { republish } from "#pipeline/republishing/republish.ts";
import { planRepublication } from "#pipeline/republishing/republish-plan.ts";
import { addReaders, aPost, openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { adapterNamed, benches } from "./benches.ts";

const readers = 3;
/** Of the post before it was edited. */
const first = aPost().revision.charAt(0);
const edited = aPost({
  title: "Hello, mended",
  revision: "b".repeat(64),
  body: "Hello, **everybody**.\n\nThis is all there is to say today, and it was mended.\n",
});

interface Call {
  verb: "send" | "update" | "retract";
  envelope: Envelope | null;
}

/** Notes what is asked of a transport. Bulk mail takes the way of single mails here: it is the same plan. */
function recorded({ sendMany: _, ...transport }: Transport, calls: Call[]): Transport {
  const { send, update, retract } = transport;
  return {
    ...transport,
    send(envelope, signal) {
      calls.push({ verb: "send", envelope });
      return send(envelope, signal);
    },
    ...(update && {
      update(receipt, envelope, signal) {
        calls.push({ verb: "update", envelope });
        return update(receipt, envelope, signal);
      },
    }),
    ...(retract && {
      retract(receipt, signal) {
        calls.push({ verb: "retract", envelope: null });
        return retract(receipt, signal);
      },
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

describe.each(Object.keys(benches))("Republishing through %s", (name) => {
  it("does what the plan says, no more and no less", { timeout: 120_000 }, async () => {
    await using backend = await openBackend({});
    const openBench = benches[name];
    if (!openBench) throw new Error(`no bench for ${name}`);
    await using bench = await openBench();
    const calls: Call[] = [];
    const adapter: Adapter = {
      ...adapterNamed(name),
      config: z.looseObject({}) as unknown as Schema<unknown>,
      open: async () => recorded(bench.transport, calls),
    };
    await using test = await openTestApp(backend, [adapter]);
    await addReaders(test, readers);
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    const copies = adapter.medium === "email" ? readers : 1;
    await test.publish();
    expect((await test.settled()).channels[name]?.counts).toMatchObject({ accepted: copies });
    expect(calls.map(({ verb }) => verb)).toEqual(Array(copies).fill("send"));
    calls.length = 0;

    const asked = (mode: RepublishMode, replace: boolean) => ({ post: edited, channels: test.channels, mode, replace });
    const planned = async (mode: RepublishMode, replace = false) => {
      const [step] = (await planRepublication(asked(mode, replace), test.app.desk)).steps;
      if (!step) throw new Error("the plan has no step");
      expect(calls).toEqual([]);
      return step;
    };
    const happen = async (mode: RepublishMode, replace = false): Promise<string[]> => {
      const request = {
        ...asked(mode, replace),
        ...{ actor: "test", reason: "a test", signal: AbortSignal.timeout(20_000) },
      };
      await republish(request, await planRepublication(request, test.app.desk), test.app.desk);
      await test.settled();
      const verbs = calls.map(({ verb }) => verb);
      for (const { envelope } of calls)
        if (envelope) expect(JSON.stringify(envelope.rendition)).toContain("Hello, mended");
      calls.length = 0;
      return verbs;
    };
    const shows = async () => (await test.app.ledger.copies("hello.md"))[0]?.revision.charAt(0);
    const { update, retract } = bench.transport;

    // Nothing was refused: there is nothing to try again.
    expect(await planned("retry")).toMatchObject({ action: "none", recipients: 0 });
    expect(await happen("retry")).toEqual([]);

    const update1 = await planned("update");
    expect(update1.action).toBe(update ? "edit" : "none");
    expect(update1.again).toBe(0);
    if (update1.action === "edit")
      expect(update1.diff.filter((line) => line.startsWith("+")).join("\n")).toContain("mended");
    expect(await happen("update")).toEqual(update1.action === "edit" ? ["update"] : []);
    expect(await shows()).toBe(update1.action === "edit" ? "b" : first);

    // Deleted and posted again only where told, and only where that is the only way.
    const update2 = await planned("update", true);
    const canReplace = adapter.medium !== "email" && !update && retract !== undefined;
    expect(update2.action).toBe(canReplace ? "replace" : "none");
    expect(update2.again).toBe(canReplace ? 1 : 0);
    expect(await happen("update", true)).toEqual(canReplace ? ["retract", "send"] : []);
    expect(await shows()).toBe(update1.action === "edit" || canReplace ? "b" : first);
    expect(await planned("update", true)).toMatchObject({ action: "none" });

    const repost = await planned("repost");
    expect(repost).toMatchObject({ action: "send", recipients: copies, again: copies });
    expect(await happen("repost")).toEqual(Array(repost.recipients).fill("send"));
    expect(await shows()).toBe("b");
    const events = await test.app.database.pool.query<{ kind: string; actor: string; reason: string }>(
      "select kind, actor, data->>'reason' as reason from postrider.event where kind like 'republication.%' order by id",
    );
    const edits = [canReplace ? "replace" : [], update1.action === "edit" ? "update" : []].flat();
    expect(events.rows).toEqual(
      edits.map((kind) => ({ kind: `republication.${kind}`, actor: "test", reason: "a test" })),
    );
  });
});
