/** Lists the posts that are new or changed since a git commit. */

import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SiteContext } from "#app.ts";
import { messageOf, PostriderError } from "#core/errors.ts";

const mostBytes = 64 * 1024 * 1024;

/**
 * Added, changed and renamed posts, ordered by path. Files that the content folder ignores are ignored here too.
 * @param ref - any name of a commit that git accepts.
 * @throws PostriderError `invalid` if there is no clone, or no such commit
 */
export async function changedPosts(site: SiteContext, ref: string): Promise<string[]> {
  const folder = await realpath(site.config.content.dir);
  const git = async (...args: string[]): Promise<string> => {
    try {
      const options = { cwd: folder, maxBuffer: mostBytes };
      return (await promisify(execFile)("git", ["-c", "core.quotePath=false", ...args], options)).stdout;
    } catch (cause) {
      const { stderr } = cause as { stderr?: string };
      const why = stderr === "" ? "it does not know this commit" : firstLine(messageOf(cause));
      throw new PostriderError("invalid", `git can't list the changes since ${ref}: ${why}`, {
        hint: "The content folder must be in a git clone that contains this commit. In CI, set fetch-depth: 0.",
        cause,
      });
    }
  };
  // Git would take a name that begins with a hyphen for an option.
  const commit = (await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`)).trim();
  const root = (await git("rev-parse", "--show-toplevel")).trim();
  // Paths from the root of the repository, even if the user configured relative ones.
  const asked = ["--name-only", "--no-relative", "-z", "--diff-filter=ACMR"];
  const names = await git("diff", ...asked, commit, "HEAD", "--", folder);
  const changed = new Set(
    names
      .split("\0")
      .filter(Boolean)
      .map((name) => join(root, name)),
  );
  const posts: string[] = [];
  for (const path of await site.content.list()) if (changed.has(await realpath(path))) posts.push(path);
  return posts;
}

function firstLine(text: string): string {
  return text.split("\n").find((line) => /fatal|error|not/i.test(line)) ?? text.split("\n")[0] ?? "";
}
