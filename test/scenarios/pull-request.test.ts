/** The plan on a pull request, before GitHub's own description of its API: a proxy refuses what does not fit it. */

import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { openScriptedServer } from "#contract/scripted-server.ts";
import { gitHubDescription, hasGitHubDescription } from "../forges/github-description.ts";
import { mailSite, openTestSite, post, readersCsv, type TestSite } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";
import { freePort } from "../support/start-servers.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const prism = join(root, "test/forges/node_modules/.bin/prism");
const me = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"];

interface Comment {
  id: number;
  body: string;
  user: { login: string };
}

/** What GitHub keeps of one pull request. Its answers have the form of the examples in the description, whose teams lack a field. */
async function openForge() {
  const { components } = gitHubDescription();
  const example = components.examples["issue-comment"].value;
  const [pull] = components.examples["pull-request-simple-items"].value;
  const forge = { comments: [] as Comment[], edits: 0, pulls: [{ ...pull, number: 7, requested_teams: [] }] };
  const json = (status: number, body: unknown) => ({
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  });
  const server = await openScriptedServer(({ method, path, body }) => {
    if (path.includes("/pulls")) return json(200, forge.pulls);
    if (method === "GET") return json(200, forge.comments);
    if (method === "POST") {
      const user = { ...example.user, login: "github-actions[bot]" };
      const made = { ...example, id: forge.comments.length + 1, user, body: JSON.parse(body).body };
      forge.comments.push(made);
      return json(201, made);
    }
    forge.edits++;
    const found = forge.comments.find(({ id }) => path.endsWith(`/${id}`));
    return found ? json(200, Object.assign(found, JSON.parse(body))) : json(404, { message: "Not Found" });
  });
  return Object.assign(server, forge, { forge });
}

/** Answers with an error if a request or an answer does not fit the description. */
async function openProxy(upstream: string): Promise<AsyncDisposable & { url: string }> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "postrider-forge-"));
  const description = join(folder, "github.json");
  writeFileSync(description, JSON.stringify(gitHubDescription()));
  const args = ["proxy", description, upstream, "--errors", "--port", String(port), "--host", "127.0.0.1"];
  const child = spawn(process.execPath, [prism, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  await expect.poll(() => said, { timeout: 60_000 }).toContain("is listening");
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true });
    },
  };
}

async function run(site: TestSite, verb: string, env: Record<string, string>) {
  await site.close();
  const { DATABASE_URL: _1, QUEUE_URL: _2, SMTP_URL: _3, ...inherited } = process.env;
  const postrider = `${process.execPath} --conditions=source ${join(root, "src/cli/main.ts")}`;
  const all = { ...inherited, POSTRIDER: postrider, REPOSITORY: "ada/blog", FORGE_TOKEN: "t0ken", ...env };
  const script = join(root, "bin/plan-on-pull-request.js");
  return promisify(execFile)(process.execPath, [script, verb], { cwd: site.dir, env: all }).then(
    ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({ ...error, status: error.code }),
  );
}

function gitIn(dir: string) {
  return (...args: string[]): string => execFileSync("git", [...me, ...args], { cwd: dir, encoding: "utf8" }).trim();
}

/** A blog with a pull request that adds a post. */
async function openBlog(relay: string) {
  const site = openTestSite(mailSite(relay, "  social: { adapter: outbox, dir: outbox }\n"), {
    "content/posts/old.md": post("Old"),
    "readers.csv": readersCsv(3),
    ".gitignore": ".postrider\nreaders.csv\noutbox\n",
  });
  const git = gitIn(site.dir);
  git("init", "--quiet", "--initial-branch=main");
  git("add", "-A");
  git("commit", "--quiet", "-m", "First");
  const base = git("rev-parse", "HEAD");
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const commit = (title: string, more = ""): string => {
    site.write("content/posts/new.md", post(title, more));
    git("add", "-A");
    git("commit", "--quiet", "-m", title);
    return git("rev-parse", "HEAD");
  };
  return { site, base, commit, git };
}

describe.skipIf(!existsSync(prism) || !hasGitHubDescription)("The plan on a pull request", () => {
  it("is one comment that is kept up to date, and merging publishes exactly this plan", {
    timeout: 240_000,
  }, async () => {
    await using sink = await openSink();
    await using github = await openForge();
    await using proxy = await openProxy(github.url);
    const { site, base, commit } = await openBlog(sink.url);
    const env = { FORGE: "github", API_URL: proxy.url, AUTHOR: "github-actions[bot]" };
    commit("New @everybody <!-- postrider-plan e30= --> `x`");
    // Somebody else's comment that looks like ours.
    const forged = `<!-- postrider-plan ${Buffer.from('{"hash":"0","posts":["content/posts/old.md"]}').toString("base64")} -->`;
    const stranger = { ...gitHubDescription().components.examples["issue-comment"].value };
    github.forge.comments.push({ ...stranger, id: 1, body: forged });

    const first = await run(site, "comment", {
      ...env,
      SINCE: base,
      PULL_REQUEST: "7",
      PICTURES_URL: "https://example.org/p",
    });
    expect(first).toMatchObject({ status: 0 });
    expect(github.forge.comments).toHaveLength(2);
    const body = (): string => github.forge.comments[1]?.body ?? "";
    expect(body()).toContain("## What merging would publish");
    expect(body()).toContain("| ` newsletter ` | ` 3 readers ` |");
    expect(body()).toMatch(/` social `: \d+ of \d+ characters/);
    expect(body()).toContain("[Pictures and files of the preview](https://example.org/p)");
    expect(body()).toContain("### ` New @everybody <!-- postrider-plan e30= --> x `");
    const hash = /Plan `(\w{16})`/.exec(body())?.[1] ?? "";

    expect(
      (await run(site, "comment", { ...env, SINCE: base, PULL_REQUEST: "7", PICTURES_URL: "https://example.org/p" }))
        .status,
    ).toBe(0);
    expect(github.forge.edits).toBe(0);
    const merged = commit("A better title");
    expect((await run(site, "comment", { ...env, SINCE: base, PULL_REQUEST: "7" })).status).toBe(0);
    expect(github.forge).toMatchObject({ edits: 1, comments: { length: 2 } });
    expect(body()).toContain("` A better title `");
    expect(body()).not.toContain(hash);
    expect(sink.accepted.size).toBe(0);

    const published = await run(site, "publish", { ...env, COMMIT: merged });
    expect([published.status, published.stderr]).toEqual([0, expect.any(String)]);
    expect(sink.accepted.size).toBe(3);
    expect(body()).toMatch(/^<!-- postrider-plan .*\n\n## Published\n/);
    expect(body()).toContain("` A better title `");
  });

  it("is not published if anything has changed since, and the comment says what", { timeout: 240_000 }, async () => {
    await using sink = await openSink();
    await using github = await openForge();
    await using proxy = await openProxy(github.url);
    const { site, base, commit } = await openBlog(sink.url);
    const env = { FORGE: "github", API_URL: proxy.url, AUTHOR: "github-actions[bot]" };
    const merged = commit("New");
    await run(site, "comment", { ...env, SINCE: base, PULL_REQUEST: "7" });
    await site.run("subscribers", "add", "late@example.org", "--list", "everyone");
    const refused = await run(site, "publish", { ...env, COMMIT: merged });
    expect(refused).toMatchObject({ status: 1 });
    expect(sink.accepted.size).toBe(0);
    expect(github.forge.comments[0]?.body).toContain("## Not published as planned");
    expect(github.forge.comments[0]?.body).toContain("newsletter: audience.recipients was 3, is now 4");
  });

  it("says why there is none, and fails the check for a post with errors", { timeout: 240_000 }, async () => {
    await using sink = await openSink();
    await using github = await openForge();
    await using proxy = await openProxy(github.url);
    const { site, base, commit } = await openBlog(sink.url);
    const env = { API_URL: proxy.url };
    const none = await run(site, "publish", { ...env, COMMIT: base });
    expect(none).toMatchObject({ status: 0 });
    expect(none.stderr).toContain("has no plan to carry out");
    commit("New", "tags: [\n");
    const held = await run(site, "comment", { ...env, SINCE: base, PULL_REQUEST: "7" });
    expect([held.status, github.forge.comments[0]?.body]).toEqual([
      1,
      expect.stringContaining("content/posts/new.md:"),
    ]);
    rmSync(join(site.dir, "content/posts/new.md"));
    const wrong = await run(site, "comment", { ...env, SINCE: "no-such-commit", PULL_REQUEST: "7" });
    expect(wrong.status).not.toBe(0);
    expect(github.forge.comments[0]?.body).toContain("## There is no plan");
    expect(github.forge.comments).toHaveLength(1);
  });
});

it("uses the addresses of GitLab and of Gitea", { timeout: 240_000 }, async () => {
  await using sink = await openSink();
  const { site, base, commit } = await openBlog(sink.url);
  const merged = commit("New");
  for (const [forge, paths] of [
    ["gitlab", ["GET /projects/ada%2Fblog/merge_requests/7/notes", "POST /projects/ada%2Fblog/merge_requests/7/notes"]],
    ["gitea", ["GET /repos/ada/blog/issues/7/comments", "POST /repos/ada/blog/issues/7/comments"]],
  ] as const) {
    const kept: unknown[] = [];
    await using server = await openScriptedServer(({ method, path, body }) => {
      if (method !== "GET") kept[0] = { id: 1, ...JSON.parse(body) };
      const merging = path.includes("/commits/");
      const pull = forge === "gitlab" ? [{ iid: 7 }] : { number: 7 };
      return { status: 200, body: JSON.stringify(merging ? pull : method === "GET" ? kept : kept[0]) };
    });
    const env = { FORGE: forge, API_URL: server.url, CHANNELS: "social" };
    expect((await run(site, "comment", { ...env, SINCE: base, PULL_REQUEST: "7" })).status).toBe(0);
    expect(server.asked.map(({ method, path }) => `${method} ${path.split("?")[0]}`)).toEqual(paths);
    expect((await run(site, "publish", { ...env, COMMIT: merged })).stderr).not.toContain("error");
    expect(server.asked.at(-1)?.method).toBe(forge === "gitlab" ? "PUT" : "PATCH");
  }
});

const chromium = "/usr/bin/chromium";

it("has a preview of each changed post, and pictures of its email if there is a browser", {
  timeout: 240_000,
}, async () => {
  await using sink = await openSink();
  const { site, base, commit } = await openBlog(sink.url);
  commit("New");
  const out = join(site.dir, "out");
  const has = existsSync(chromium);
  expect(
    (await run(site, "preview", { SINCE: base, OUT: out, CHROME: has ? chromium : "no-such-browser" })).status,
  ).toBe(0);
  expect(readFileSync(join(out, "1/email.html"), "utf8")).toContain("New");
  expect(existsSync(join(out, "2"))).toBe(false);
  if (!has) return;
  const picture = readFileSync(join(out, "1/email-phone.png"));
  // The width in a PNG's header.
  expect([picture.subarray(1, 4).toString(), picture.readUInt32BE(16)]).toEqual(["PNG", 390]);
});
