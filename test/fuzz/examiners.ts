/** Has posts and other inputs examined in a child process, which is replaced when it hangs or dies. */

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { quietMs } from "./calibrate.ts";
import type { Answer } from "./child.ts";
import type { Recipe } from "./hostile-posts.ts";
import type { Broken } from "./reader-child.ts";

export interface Examiners<Question> extends AsyncDisposable {
  examine(question: Question): Promise<Answer>;
}

export const openExaminers = (): Examiners<Recipe> => openProcess("./child.ts");
export const openReaderExaminers = (): Examiners<Broken> => openProcess("./reader-child.ts");

/** Of processor time, for checking a post of 100 KB, and for previewing it, on a quiet machine. */
const mostMs = 2_000;
/** Two posts of the same size differ, and so do two moments of a busy machine. */
const generous = 1.5;
/** In which a post must be done whatever the machine is busy with. */
const hangsMs = 120_000;

/** What is wrong with how a post was examined. */
export function problemOf({ error, check, preview, calibration }: Answer): string | null {
  if (error) return error;
  const limit = mostMs * generous * Math.max(1, calibration / quietMs);
  if (Math.max(check, preview) <= limit) return null;
  return `check took ${Math.round(check)} ms and preview ${Math.round(preview)} ms; the limit is ${Math.round(limit)} ms`;
}

function openProcess<Question extends object>(program: string): Examiners<Question> {
  let child: Promise<ChildProcess> | null = null;
  // A process that was killed leaves its files.
  const dir = mkdtempSync(join(tmpdir(), "postrider-fuzz-"));
  const stop = async (): Promise<void> => {
    const running = await child;
    child = null;
    if (running?.exitCode === null && running.signalCode === null) {
      running.kill("SIGKILL");
      await once(running, "exit");
    }
    rmSync(dir, { recursive: true, force: true });
  };
  return {
    async examine(question) {
      child ??= start(program, dir);
      const running = await child;
      const ended = new AbortController();
      const timer = setTimeout(() => ended.abort(), hangsMs);
      const { signal } = ended;
      const answer = once(running, "message", { signal }).then(([message]) => message as Answer);
      const death = once(running, "exit", { signal }).then(([status, by]) =>
        failed(`The process ended with ${status ?? by}`),
      );
      running.send(question);
      const result = await Promise.race([answer, death]).catch(() =>
        failed(`Not done after ${hangsMs / 1000} seconds`),
      );
      clearTimeout(timer);
      ended.abort();
      await Promise.allSettled([answer, death]);
      if (result.error) await stop();
      return result;
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function start(program: string, dir: string): Promise<ChildProcess> {
  mkdirSync(dir, { recursive: true });
  const execArgv = ["--conditions=source", "--expose-gc"];
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), [], {
    execArgv,
    env: { ...process.env, TMPDIR: dir },
  });
  await once(child, "message");
  return child;
}

function failed(error: string): Answer {
  return { error, calibration: 0, check: 0, preview: 0, rendered: false, codes: [] };
}
