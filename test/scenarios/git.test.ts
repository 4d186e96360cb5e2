/** A blog in a Git repository: a push is told to `serve`, which brings its clone up to date and publishes what is new. */

import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv, serve } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";
import { tempDir } from "../support/temp.ts";

const secret = "0123456789abcdef-git";
const me = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"];
const git = (cwd: string, ...args: string[]) => execFileSync("git", [...me, ...args], { cwd, encoding: "utf8" });

it("a signed push publishes its new post, once; other requests change nothing", async () => {
  await using sink = await openSink();
  const origin = tempDir();
  git(origin, "init", "--quiet", "--bare", "--initial-branch=main");
  const site = openTestSite(`${mailSite(sink.url)}git: { secret: "${secret}" }\n`, {
    "content/posts/old.md": post("Old"),
    "jobs/new-posts.yaml": "kind: publish\nchannels: [newsletter]\n",
    "readers.csv": readersCsv(2),
    ".gitignore": ".postrider\nreaders.csv\n",
  });
  git(site.dir, "init", "--quiet", "--initial-branch=main");
  git(site.dir, "add", "-A");
  git(site.dir, "commit", "--quiet", "-m", "First");
  git(site.dir, "remote", "add", "origin", origin);
  git(site.dir, "push", "--quiet", "origin", "main");
  const author = tempDir();
  git(author, "clone", "--quiet", origin, "blog");
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");

  const serving = await serve(site);
  const url = `${serving.url}/webhooks/git`;
  const tell = async (headers: Record<string, string>, body: string) =>
    (await fetch(url, { method: "POST", headers, body })).status;
  const signed = (body: string, key = secret) => ({
    "x-hub-signature-256": `sha256=${createHmac("sha256", key).update(body).digest("hex")}`,
  });
  const push = JSON.stringify({ ref: "refs/heads/main" });

  writeFileSync(join(author, "blog/content/posts/new.md"), post("New"));
  git(join(author, "blog"), "add", "-A");
  git(join(author, "blog"), "commit", "--quiet", "-m", "New");
  git(join(author, "blog"), "push", "--quiet", "origin", "main");
  expect(await tell({}, push)).toBe(401);
  expect(await tell(signed(push, "another-secret-16"), push)).toBe(401);
  expect(await tell(signed(push), `${push} `)).toBe(401);
  expect(await tell({ "x-gitlab-token": "wrong" }, push)).toBe(401);
  const branch = JSON.stringify({ ref: "refs/heads/draft" });
  expect(await tell(signed(branch), branch)).toBe(200);
  expect(await tell(signed("{"), "{")).toBe(200);
  expect(sink.accepted.size).toBe(0);

  expect(await tell(signed(push), push)).toBe(202);
  await expect.poll(() => sink.accepted.size, { timeout: 120_000 }).toBe(2);
  expect(await tell({ "x-gitlab-token": secret }, push)).toBe(202);
  expect(await tell(signed(push), push)).toBe(202);
  serving.child.kill("SIGTERM");
  await serving.finished;
  expect([...sink.accepted.values()]).toEqual([1, 1]);
});
