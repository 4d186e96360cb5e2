/** Several worker processes below this one: each is started again when it ends, and all stop when this one stops or ends. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { InvalidArgumentError } from "commander";
import { PostriderError } from "#core/errors.ts";
import type { Context } from "./context.ts";

const mostProcesses = 64;
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** A process that has worked for so long begins with the shortest pause again. */
const provenMs = 60_000;

/** @throws InvalidArgumentError unless it is a whole number from 1 to 64 */
export function processCount(value: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1 && count <= mostProcesses) return count;
  throw new InvalidArgumentError(`expected a whole number from 1 to ${mostProcesses}`);
}

/** This process is one of those that `startProcesses` has started. */
export function isOneOfSeveral(): boolean {
  return process.connected === true;
}

/** Tells the process that has started this one that it is at work. */
export function tellReady(): void {
  process.send?.("ready");
}

/**
 * Starts `postrider worker` so many times, and returns when each of them is at work.
 * @param words - options of `worker`
 * @param first - the number of the first, which its lines in the log begin with
 * @throws PostriderError `unavailable` if one of them ends before it has worked; it has said why
 */
export async function startProcesses(
  { count, first, words }: { count: number; first: number; words: readonly string[] },
  { terminal, options, signals }: Pick<Context, "terminal" | "options" | "signals">,
): Promise<AsyncDisposable> {
  const stop = new AbortController();
  const running = new Set<ChildProcess>();
  const globals = [
    ...(options.config ? ["--config", options.config] : []),
    ...(options.data ? ["--data", options.data] : []),
    ...(options.verbose ? ["--verbose"] : []),
  ];
  const [, program = ""] = process.argv;
  const start = (name: string): ChildProcess => {
    // A group of its own, because a terminal sends Ctrl-C to the whole group: it would come twice, and the second one means at once.
    const child = spawn(process.execPath, [...process.execArgv, program, ...globals, "worker", ...words], {
      stdio: ["ignore", "inherit", "pipe", "ipc"],
      detached: true,
    });
    running.add(child);
    child.once("exit", () => running.delete(child));
    if (child.stderr) createInterface(child.stderr).on("line", (line) => terminal.note(`${name}: ${line}`));
    return child;
  };
  const keep = async (name: string, begun: ChildProcess): Promise<void> => {
    let pauseMs = firstPauseMs;
    for (let child = begun; ; child = start(name)) {
      const since = Date.now();
      const how = await ended(child);
      if (stop.signal.aborted) return;
      pauseMs = Date.now() - since > provenMs ? firstPauseMs : pauseMs;
      terminal.note(`error: ${name} has ended (${how}). It is started again in ${pauseMs / 1_000} s.`);
      await sleep(pauseMs, undefined, { signal: stop.signal }).catch(() => undefined);
      if (stop.signal.aborted) return;
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  };
  signals.abort.addEventListener("abort", () => {
    for (const child of running) child.kill("SIGKILL");
  });
  const names = Array.from({ length: count }, (_, index) => `worker ${first + index}`);
  const children = names.map((name) => [name, start(name)] as const);
  const end = async (all: readonly Promise<unknown>[]): Promise<void> => {
    stop.abort();
    for (const child of running) if (child.connected) child.disconnect();
    await Promise.all(all);
  };
  try {
    await Promise.all(children.map(([name, child]) => ready(name, child)));
  } catch (error) {
    await end(children.map(([, child]) => ended(child)));
    throw error;
  }
  const kept = children.map(([name, child]) => keep(name, child));
  return { [Symbol.asyncDispose]: () => end(kept) };
}

async function ready(name: string, child: ChildProcess): Promise<void> {
  const tooEarly = ended(child).then((how) => {
    throw new PostriderError("unavailable", `${name} could not start (${how})`, { hint: "The lines above say why." });
  });
  await Promise.race([once(child, "message"), tooEarly]);
}

/** How a process has ended: the signal, or its exit status. */
async function ended(child: ChildProcess): Promise<string> {
  if (child.exitCode === null && child.signalCode === null)
    // `error`: it could not be started.
    await Promise.race([once(child, "exit"), once(child, "error")]).catch(() => undefined);
  return child.signalCode ?? `exit status ${child.exitCode ?? "unknown"}`;
}
