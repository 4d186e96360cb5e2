/** Loads an operator's own adapter from a file, as in `adapter: ./adapters/my-network.js`. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { Adapter, Transport } from "#core/adapter.ts";
import { ConfigError, messageOf } from "#core/errors.ts";
import { kit } from "./kit.ts";

/** Whether `adapter:` names a file and no adapter of ours. */
export function isOwn(name: string): boolean {
  return /^(\.{1,2}|~)?[\\/]/.test(name) || /\.[cm]?[jt]s$/.test(name);
}

const method = z.function();
const shape = z.looseObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected small letters, digits and hyphens, such as "my-network"'),
  medium: z.enum(["note", "feed", "email"]),
  config: z.custom(
    (value) => typeof (value as Adapter["config"] | undefined)?.["~standard"]?.validate === "function",
    "expected a schema, such as z.strictObject({ token: z.string() })",
  ),
  traits: z.looseObject({
    idempotent: z.boolean("expected true if sending the same key twice posts only once, otherwise false"),
    maxLength: z.int().positive().optional(),
    perMinute: z.int().positive().optional(),
  }),
  measure: method.optional(),
  open: method,
});

/**
 * @param file - absolute. Runs what is in it: it is as much the operator's program as this one is.
 * @throws ConfigError that names the file and everything that is wrong with it
 */
export async function loadOwn(file: string): Promise<{ adapter: Adapter; bench: unknown }> {
  if (!existsSync(file))
    throw new ConfigError("This file does not exist, but an `adapter:` in postrider.yaml uses it", { file });
  const module = await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw new ConfigError(`The adapter could not be loaded: ${messageOf(cause)}`, {
      file,
      ...lineIn(cause, file),
      cause,
    });
  });
  const { default: given, bench } = module as { default?: unknown; bench?: unknown };
  const made: unknown = typeof given === "function" ? await makeWith(given as Maker, file) : given;
  const result = shape.safeParse(made);
  if (!result.success) {
    const problems = result.error.issues.map(
      ({ path, message }) => `${path.join(".") || "default export"}: ${message}`,
    );
    throw new ConfigError(`This is not a valid adapter: ${problems.join("; ")}`, {
      file,
      hint: "See the example in docs/guides/adding-a-network.md. `postrider adapter test` reports what is missing.",
    });
  }
  const adapter = made as Adapter;
  if (adapter.medium === "note" && adapter.traits.maxLength === undefined)
    throw new ConfigError("This is not a valid adapter: traits.maxLength: set the maximum length of a text", { file });
  return { adapter: { ...adapter, open: async (config, tools) => complete(await adapter.open(config, tools)) }, bench };
}

type Maker = (given: typeof kit) => unknown;

async function makeWith(make: Maker, file: string): Promise<unknown> {
  try {
    return await make(kit);
  } catch (cause) {
    throw new ConfigError(`The adapter could not be created: ${messageOf(cause)}`, {
      file,
      ...lineIn(cause, file),
      cause,
    });
  }
}

/** Most have nothing to close. */
function complete(transport: Transport): Transport {
  if (Symbol.asyncDispose in transport) return transport;
  return Object.assign(transport as Omit<Transport, typeof Symbol.asyncDispose>, {
    [Symbol.asyncDispose]: async () => undefined,
  });
}

/** Where in the file it went wrong. Of a file that can't be parsed only `node --check` says it. */
function lineIn(error: unknown, file: string): { line?: number } {
  const said =
    error instanceof SyntaxError
      ? spawnSync(process.execPath, ["--check", file], { encoding: "utf8", timeout: 10_000 }).stderr
      : String((error as Error | null)?.stack);
  const at = said.indexOf(`${file}:`);
  const line = at < 0 ? undefined : /^\d+/.exec(said.slice(at + file.length + 1))?.[0];
  return line ? { line: Number(line) } : {};
}
