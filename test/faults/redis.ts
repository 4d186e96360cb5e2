/** Redis with an append-only file, so that it can come back as it was some moments before. */

import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startCrashingRedis } from "../support/start-servers.ts";
import { inTurn } from "./in-turn.ts";

export interface ForgetfulRedis extends AsyncDisposable {
  readonly url: string;
  /** It comes back with nothing. */
  restartEmpty(): Promise<void>;
  /** It comes back as it was so long ago: jobs that were done are there again, and newer ones are not. */
  restartOlder(milliseconds: number): Promise<void>;
}

/** @param dir - a folder of its own. @returns null where Redis is missing */
export async function openForgetfulRedis(dir: string): Promise<ForgetfulRedis | null> {
  mkdirSync(dir);
  const file = join(dir, "appendonlydir");
  const server = await startCrashingRedis(dir);
  if (!server) return null;
  const alone = inTurn();
  return {
    url: server.url,
    restartEmpty: () => alone(() => server.crash(() => rmSync(file, { recursive: true }))),
    restartOlder: (milliseconds) =>
      alone(async () => {
        const copy = join(dir, "older");
        cpSync(file, copy, { recursive: true });
        await sleep(milliseconds);
        await server.crash(() => {
          rmSync(file, { recursive: true });
          cpSync(copy, file, { recursive: true });
        });
        rmSync(copy, { recursive: true });
      }),
    [Symbol.asyncDispose]: () => server.stop(),
  };
}
