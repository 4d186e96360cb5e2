/** The contract of adapters as test cases, for our own tests and for authors of adapters. */

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Adapter } from "#core/adapter.ts";
import { DeliveryError, type Failure } from "#core/sending/delivery.ts";
import type { Bench } from "./bench.ts";
import { anEnvelope, failureOf, never } from "./samples.ts";

export interface ContractCase {
  /** A sentence with the adapter as its subject. */
  name: string;
  /**
   * `skipped`, with the reason, if the adapter does not support it or the test server can't behave like that.
   * @throws what is wrong with the adapter
   */
  run(adapter: Adapter, bench: Bench): Promise<"passed" | Skipped>;
}

interface Skipped {
  skipped: string;
}

type Behaviour = NonNullable<Bench["behave"]>;

/** The failure of sending to a server with this behaviour. The failure must contain no secret. */
async function trying(adapter: Adapter, bench: Bench, behaviour: keyof Behaviour): Promise<Failure> {
  await bench.behave?.[behaviour]?.();
  const failure = await failureOf(bench.transport.send(anEnvelope(adapter.medium), never));
  nothingTold(failure, bench);
  return failure;
}

function nothingTold(failure: Failure, { secret }: Bench): void {
  const told = JSON.stringify(failure);
  if (secret) assert.ok(!told.includes(secret), `the failure's message contains the secret: ${failure.message}`);
  assert.ok(!told.includes("ada@example.org"), `the failure's message contains the recipient: ${failure.message}`);
}

/** A case for test servers that can behave like that. */
function withTrouble(
  name: string,
  behaviour: keyof Behaviour,
  run: (adapter: Adapter, bench: Bench) => Promise<void>,
): ContractCase {
  return {
    name,
    async run(adapter, bench) {
      if (!bench.behave?.[behaviour]) return { skipped: "the other side never does that" };
      await run(adapter, bench);
      return "passed";
    },
  };
}

function always(name: string, run: (adapter: Adapter, bench: Bench) => Promise<void>): ContractCase {
  return {
    name,
    async run(adapter, bench) {
      await run(adapter, bench);
      return "passed";
    },
  };
}

/** A case for adapters with an optional method. */
function withOffer(offer: "check" | "retract" | "update", each: ContractCase): ContractCase {
  return {
    name: each.name,
    run: async (adapter, bench) =>
      bench.transport[offer] ? each.run(adapter, bench) : { skipped: `its transport has no \`${offer}\`` },
  };
}

export const contractCases: readonly ContractCase[] = [
  {
    name: "if it names a limit per minute, the limit is a whole number",
    async run({ traits: { perMinute } }) {
      if (perMinute === undefined) return { skipped: "it has no `traits.perMinute`" };
      assert.ok(Number.isInteger(perMinute) && perMinute > 0, `traits.perMinute is ${perMinute}`);
      return "passed";
    },
  },

  always("sends once, and returns an id or address to find it again", async ({ medium }, { transport, arrived }) => {
    const receipt = await transport.send(anEnvelope(medium), never);
    assert.equal(arrived().length, 1, "messages that arrived");
    assert.ok(receipt.remoteId ?? receipt.url ?? receipt.response, "the receipt is empty");
  }),

  always("if it claims to be idempotent, sending twice has the effect of sending once", async (adapter, bench) => {
    await bench.transport.send(anEnvelope(adapter.medium), never);
    await bench.transport.send(anEnvelope(adapter.medium), never);
    assert.equal(bench.arrived().length, adapter.traits.idempotent ? 1 : 2, "messages that arrived");
  }),

  always("refuses unknown settings", async ({ config }) => {
    const { issues = [] } = await config["~standard"].validate({ nonsense: true });
    assert.ok(issues.length > 0, "`nonsense: true` was accepted");
  }),

  always("can be disposed of twice", async ({ medium }, { transport, arrived }) => {
    await transport.send(anEnvelope(medium), never);
    await transport[Symbol.asyncDispose]();
    await transport[Symbol.asyncDispose]();
    assert.equal(arrived().length, 1, "messages that arrived");
  }),

  always(
    "has a maximum length of a text, and measures a longer text as longer",
    async ({ medium, traits, measure }) => {
      if (medium !== "note") return assert.equal(traits.maxLength, undefined, "only notes have a limit");
      assert.ok((traits.maxLength ?? 0) > 0, "`traits.maxLength` is missing");
      if (!measure) return;
      const flag = measure("🇩🇪 a");
      assert.ok(Number.isInteger(flag) && flag > 0, `\`measure\` gave ${flag}`);
      assert.ok(measure("longer than that, by far") > flag, "a longer text must count more");
    },
  ),

  withTrouble("reports a refusal as permanent", "refuse", async (adapter, bench) => {
    const { kind, scope } = await trying(adapter, bench, "refuse");
    assert.deepEqual({ kind, scope }, { kind: "permanent", scope: "recipient" });
  }),

  withTrouble("reports a failure of the server as temporary", "fail", async (adapter, bench) => {
    assert.equal((await trying(adapter, bench, "fail")).kind, "temporary");
  }),

  withTrouble("waits as long as the server asks for", "throttle", async (adapter, bench) => {
    const { kind, retryAfter } = await trying(adapter, bench, "throttle");
    assert.deepEqual({ kind, retryAfter }, { kind: "throttled", retryAfter: 7_000 });
  }),

  withTrouble("reports a lost answer as uncertain", "loseAnswer", async (adapter, bench) => {
    assert.equal((await trying(adapter, bench, "loseAnswer")).kind, "uncertain");
  }),

  withTrouble("does not report an unreadable success as a failure", "mumble", async ({ medium }, bench) => {
    bench.behave?.mumble?.();
    const outcome = await bench.transport.send(anEnvelope(medium), never).then(
      () => "accepted",
      (error: unknown) => (error instanceof DeliveryError ? error.failure.kind : String(error)),
    );
    assert.ok(["accepted", "uncertain"].includes(outcome), outcome);
  }),

  withTrouble("reports an unreachable server as temporary", "unreachable", async ({ medium }, bench) => {
    const transport = await bench.behave?.unreachable();
    const failure = await failureOf(transport?.send(anEnvelope(medium), never) ?? Promise.resolve());
    nothingTold(failure, bench);
    assert.deepEqual([failure.kind, failure.scope], ["temporary", "channel"]);
  }),

  withTrouble("stops when it is aborted, and reports the delivery as uncertain", "hang", async (adapter, bench) => {
    bench.behave?.hang();
    const abort = new AbortController();
    const failing = failureOf(bench.transport.send(anEnvelope(adapter.medium), abort.signal));
    await sleep(100);
    const since = Date.now();
    abort.abort();
    assert.equal((await failing).kind, "uncertain");
    assert.ok(Date.now() - since < 500, "it took half a second or more to stop");
  }),

  withTrouble("sends nothing if it was aborted before", "unreachable", async ({ medium }, bench) => {
    const failure = await failureOf(bench.transport.send(anEnvelope(medium), AbortSignal.abort()));
    assert.equal(failure.kind, "temporary");
    assert.deepEqual(bench.arrived(), []);
  }),

  withOffer(
    "check",
    withTrouble("reports wrong credentials when it is checked, and sends nothing", "deny", async (_, bench) => {
      bench.behave?.deny?.();
      const failure = await failureOf(bench.transport.check?.(never) ?? Promise.resolve());
      nothingTold(failure, bench);
      assert.deepEqual([failure.kind, failure.scope], ["permanent", "channel"]);
    }),
  ),

  withOffer(
    "retract",
    always("if it can retract, it retracts what it sent, also twice", async ({ medium }, { transport }) => {
      const receipt = await transport.send(anEnvelope(medium), never);
      await transport.retract?.(receipt, never);
      await transport.retract?.(receipt, never);
    }),
  ),

  withOffer(
    "update",
    always("if it can edit, it edits what it sent and returns its address", async ({ medium }, { transport }) => {
      const envelope = anEnvelope(medium);
      const receipt = await transport.update?.(await transport.send(envelope, never), envelope, never);
      assert.ok(receipt?.remoteId ?? receipt?.url ?? receipt?.response, "the receipt is empty");
    }),
  ),
];
