/** Updates the git clone with the posts. The watcher of the folder then finds new posts. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { messageOf } from "#core/errors.ts";
import type { Log } from "#core/log.ts";

const patienceMs = 120_000;

/** One pull at a time. For all calls during a pull, one more pull is enough. */
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

/** Fast-forward only: local changes in the clone are kept and reported. Hooks of the repository don't run. */
async function pullOnce(cwd: string, branch: string): Promise<void> {
  // Git must not ask for a password, because nobody could answer: it gets an empty one and fails.
  const settings = ["-c", "core.hooksPath=/dev/null", "-c", "core.askPass=true"];
  const pull = ["pull", "--ff-only", "--quiet", "origin", branch];
  await promisify(execFile)("git", [...settings, ...pull], { cwd, timeout: patienceMs });
}
