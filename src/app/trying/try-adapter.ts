/** Tests an operator's adapter file with the contract that our own adapters are tested with. */

import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { loadOwn } from "#adapters/own/load.ts";
import { type HttpBench, openHttpBench } from "#contract/bench.ts";
import { type ContractCase, contractCases } from "#contract/cases.ts";
import type { Adapter } from "#core/adapter.ts";
import { ConfigError, messageOf } from "#core/errors.ts";

export interface TriedCase {
  /** A sentence with the adapter as its subject. */
  name: string;
  outcome: "passed" | "failed" | "skipped";
  /** Why it failed, or why it could not be tested. */
  reason?: string;
}

const patienceMs = 40_000;

const benchShape = z.object({
  settings: z.function(),
  answer: z.union([z.string(), z.object({ status: z.int() })]),
  isMessage: z.function().optional(),
  secret: z.string().min(4).optional(),
});

/**
 * @param file - absolute path.
 * @throws ConfigError for a file that contains no adapter, or no `bench`
 */
export async function tryAdapter(file: string, tried: (each: TriedCase) => void): Promise<string> {
  const { adapter, bench } = await loadOwn(file);
  const { success, error } = benchShape.safeParse(bench);
  if (!success)
    throw new ConfigError(
      `The adapter can't be tested: ${bench === undefined ? "there is no `export const bench`" : messageOf(error.issues[0])}`,
      {
        file,
        hint: "Export `bench`: { settings: (url, secret) => ({ … }), answer: what the network answers on success }.",
      },
    );
  for (const each of contractCases) tried({ name: each.name, ...(await outcomeOf(each, adapter, bench as HttpBench)) });
  return adapter.name;
}

/** Each case gets its own test server. */
async function outcomeOf({ run }: ContractCase, adapter: Adapter, bench: HttpBench): Promise<Omit<TriedCase, "name">> {
  try {
    await using opened = await openHttpBench(adapter, bench);
    const outcome = await Promise.race([run(adapter, opened), tooLong()]);
    return outcome === "passed" ? { outcome } : { outcome: "skipped", reason: outcome.skipped };
  } catch (error) {
    return { outcome: "failed", reason: messageOf(error) };
  }
}

/** So that we don't wait forever for an adapter that never answers. */
async function tooLong(): Promise<never> {
  await sleep(patienceMs, undefined, { ref: false });
  throw new Error(`not finished after ${patienceMs / 1000} seconds`);
}
