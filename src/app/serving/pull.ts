/** Brings the clone that holds the posts up to date; whoever watches the folder sees what appears. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { messageOf } from "#core/errors.ts";
import type { Log } from "#core/log.ts";

const patienceMs = 120_000;

/** One after the other; of those that come meanwhile one more is enough. */
export function openPull(folder: string, branch: string, log: Log): () => void {
  let running = false;
  let wanted = false;
  const run = async (): Promise<void> => {
    running = true;
    while (wanted) {
      wanted = false;
      try {
        await pullOnce(folder, branch);
        log.info("the posts were updated", { folder, branch });
      } catch (error) {
        const { stderr } = error as { stderr?: string };
        log.error("git could not update the posts", { error: stderr?.trim() || messageOf(error) });
      }
    }
    running = false;
  };
  return () => {
    wanted = true;
    if (!running) void run();
  };
}

/** Only ever forward: what somebody changed in the clone by hand stays, and is told of. Hooks of the repository don't run. */
async function pullOnce(cwd: string, branch: string): Promise<void> {
  // Nobody is there to be asked for a password: it gets an empty one, and fails.
  const settings = ["-c", "core.hooksPath=/dev/null", "-c", "core.askPass=true"];
  const pull = ["pull", "--ff-only", "--quiet", "origin", branch];
  await promisify(execFile)("git", [...settings, ...pull], { cwd, timeout: patienceMs });
}
