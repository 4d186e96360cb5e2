#!/usr/bin/env node
/**
 * Writes one comment on a pull request that says what merging would publish, and keeps it up to date. After the merge,
 * publishes exactly that plan, or says in the comment why not. For GitHub, Gitea, Forgejo and GitLab.
 *
 *   comment  SINCE=<base commit> PULL_REQUEST=<number>
 *   publish  COMMIT=<commit on the main branch>
 *   preview  SINCE=<base commit> OUT=<folder>: files and, with Chrome, pictures of the emails; needs no forge
 *
 * The first two: FORGE=github|gitea|gitlab API_URL=https://api.github.com REPOSITORY=owner/name FORGE_TOKEN=…
 * [AUTHOR=login, whose comments count] [CONFIG=postrider.yaml] [CHANNELS=a,b] [PICTURES_URL=…] [POSTRIDER="npx postrider"], and DATABASE_URL.
 */

import { execFile, spawnSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const { env } = process;
const own = [process.execPath, fileURLToPath(new URL("postrider.js", import.meta.url))];
const command = env.POSTRIDER ? env.POSTRIDER.split(/\s+/) : own;
const config = resolve(env.CONFIG || "postrider.yaml");
const marker = /^<!-- postrider-plan ([A-Za-z0-9+/=]+) -->/;
/** Where the plan begins in the comment. */
const heading = "## What merging would publish";
const patienceMs = 30_000;
/** More comments than these are not looked through. */
const mostPages = 30;

/** Where each forge has the comments of a pull request. */
const forges = {
  github: {
    list: (r, n, page) => `/repos/${r}/issues/${n}/comments?per_page=100&page=${page}`,
    create: (r, n) => ["POST", `/repos/${r}/issues/${n}/comments`],
    update: (r, _, id) => ["PATCH", `/repos/${r}/issues/comments/${id}`],
    merged: (r, commit) => `/repos/${r}/commits/${commit}/pulls`,
    headers: { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" },
    author: ({ user }) => user?.login,
    number: ({ number }) => number,
  },
  gitea: {
    list: (r, n) => `/repos/${r}/issues/${n}/comments`,
    create: (r, n) => ["POST", `/repos/${r}/issues/${n}/comments`],
    update: (r, _, id) => ["PATCH", `/repos/${r}/issues/comments/${id}`],
    merged: (r, commit) => `/repos/${r}/commits/${commit}/pull`,
    headers: {},
    author: ({ user }) => user?.login,
    number: ({ number }) => number,
  },
  gitlab: {
    list: (r, n, page) => `/projects/${encodeURIComponent(r)}/merge_requests/${n}/notes?per_page=100&page=${page}`,
    create: (r, n) => ["POST", `/projects/${encodeURIComponent(r)}/merge_requests/${n}/notes`],
    update: (r, n, id) => ["PUT", `/projects/${encodeURIComponent(r)}/merge_requests/${n}/notes/${id}`],
    merged: (r, commit) => `/projects/${encodeURIComponent(r)}/repository/commits/${commit}/merge_requests`,
    headers: {},
    author: ({ author }) => author?.username,
    number: ({ iid }) => iid,
  },
};

function required(name) {
  const value = env[name];
  if (value) return value;
  console.error(`${name} is not set. See the first lines of ${fileURLToPath(import.meta.url)}`);
  process.exit(2);
}

const forge = forges[env.FORGE || "github"];
if (!forge) {
  console.error(`FORGE is "${env.FORGE}". Expected: ${Object.keys(forges).join(", ")}`);
  process.exit(2);
}
const isOffline = process.argv[2] === "preview";
const api = isOffline ? "" : required("API_URL").replace(/\/+$/, "");
const repository = isOffline ? "" : required("REPOSITORY");

async function ask(method, path, body) {
  const response = await request(method, path, body).catch((error) => {
    // Asked twice, a POST would write two comments.
    if (method === "POST") throw error;
    return request(method, path, body);
  });
  if (response.ok) return response.json();
  const text = (await response.text()).slice(0, 500);
  throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
}

function request(method, path, body) {
  return fetch(`${api}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${required("FORGE_TOKEN")}`,
      "user-agent": "postrider",
      ...forge.headers,
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
    redirect: "error",
    signal: AbortSignal.timeout(patienceMs),
  });
}

/** Our comment on a pull request. Comments of others that look like it don't count. */
async function findComment(number) {
  for (let page = 1; page <= mostPages; page++) {
    const comments = await ask("GET", forge.list(repository, number, page));
    const own = comments.find(
      (each) => marker.test(each.body ?? "") && (!env.AUTHOR || forge.author(each) === env.AUTHOR),
    );
    if (own) return own;
    if (comments.length < 100) return null;
  }
  return null;
}

async function write(number, body) {
  const found = await findComment(number);
  if (found?.body === body) return;
  const [method, path] = found ? forge.update(repository, number, found.id) : forge.create(repository, number);
  await ask(method, path, { body });
}

/** Runs Postrider. Its messages for people go on to the log. */
async function postrider(args) {
  const [file, ...words] = command;
  // In the site's folder, because the plan names posts from there. It must not block: connections to the forge end meanwhile.
  const options = { cwd: dirname(config), encoding: "utf8", maxBuffer: 1 << 28 };
  const done = await promisify(execFile)(file, [...words, "--config", config, ...args], options).catch((error) => {
    if (typeof error.code !== "number") throw error;
    return error;
  });
  process.stderr.write(done.stderr);
  return { status: done.code ?? 0, stdout: done.stdout, stderr: done.stderr };
}

async function comment() {
  const number = required("PULL_REQUEST");
  const channels = env.CHANNELS ? ["--channels", env.CHANNELS] : [];
  const pictures = env.PICTURES_URL ? ["--pictures", env.PICTURES_URL] : [];
  const args = ["plan", "--changed-since", required("SINCE"), "--markdown", "--keep", ...channels, ...pictures];
  const { status, stdout, stderr } = await postrider(args);
  if (!marker.test(stdout)) {
    const empty = `<!-- postrider-plan ${Buffer.from("{}").toString("base64")} -->`;
    await write(number, `${empty}\n\n## There is no plan\n\n${quoted(stderr)}`);
    return status || 1;
  }
  await write(number, stdout.trimEnd());
  return status;
}

async function publish() {
  const commit = required("COMMIT");
  const [pull] = [await ask("GET", forge.merged(repository, commit))].flat();
  if (!pull) {
    console.error(`No pull request belongs to the commit ${commit}. Nothing was published.`);
    return 0;
  }
  const number = forge.number(pull);
  const found = await findComment(number);
  const { hash, posts = [], channels } = planIn(found?.body ?? "");
  if (!hash || posts.length === 0) {
    console.error(`Pull request ${number} has no plan to carry out. Nothing was published.`);
    return 0;
  }
  const named = channels ? ["--channels", channels.join(",")] : [];
  const { status, stdout, stderr } = await postrider(["publish", "--plan", hash, ...named, "--", ...posts]);
  process.stdout.write(stdout);
  const result =
    status === 0
      ? `## Published\n\n${quoted(stdout || stderr)}`
      : `## Not published as planned\n\n${quoted(stderr || stdout)}`;
  // The marker stays, so that another run finds the comment.
  const [first = ""] = found.body.split("\n");
  const rest = found.body.slice(found.body.indexOf(heading));
  await write(number, `${first}\n\n${result}\n\n---\n\n${rest}`);
  return status;
}

/** A width in pixels of each picture. */
const widths = { wide: 720, phone: 390 };

/** A preview of each post. A post with errors has none, and the comment says why. */
async function preview() {
  const out = resolve(required("OUT"));
  const { stdout } = await postrider(["check", "--json"]);
  const checked = new Set((JSON.parse(stdout || '{"posts":[]}').posts ?? []).map(({ path }) => path));
  const folder = dirname(config);
  const base = required("SINCE");
  const git = [
    "-C",
    folder,
    "diff",
    "-z",
    "--name-only",
    "--relative",
    "--diff-filter=ACMR",
    "--end-of-options",
    base,
    "HEAD",
  ];
  const { stdout: names, status } = spawnSync("git", git, { encoding: "utf8" });
  if (status !== 0) throw new Error(`git does not find the commit ${base}. In CI, set fetch-depth: 0`);
  const posts = names.split("\0").filter((name) => checked.has(name));
  for (const [index, post] of posts.entries()) {
    const to = resolve(out, String(index + 1));
    await postrider(["preview", "--out", to, "--", post]);
    for (const [name, width] of Object.entries(widths))
      picture(resolve(to, "email.html"), `${to}/email-${name}.png`, width);
  }
  console.log(`${posts.length} of the changed files are posts.`);
  return 0;
}

/** Without Chrome, there is none. Nothing is loaded over the network. */
function picture(page, file, width) {
  const args = ["--headless", "--disable-gpu", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND"];
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const shot = [`--window-size=${width},2400`, `--screenshot=${file}`, pathToFileURL(page).href];
  for (const browser of env.CHROME ? [env.CHROME] : ["google-chrome", "chromium"])
    if (!spawnSync(browser, [...args, ...sandbox, ...shot], { stdio: "ignore", timeout: 60_000 }).error) return;
}

function planIn(body) {
  const [, coded] = marker.exec(body) ?? [];
  try {
    return JSON.parse(Buffer.from(coded ?? "", "base64").toString("utf8"));
  } catch {
    return {};
  }
}

/** As it is: nothing in it is a link or a mention. */
function quoted(text) {
  const plain = text.trim().slice(-5_000);
  const longest = Math.max(2, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${plain}\n${fence}`;
}

const [, , verb] = process.argv;
const verbs = { comment, publish, preview };
if (!verbs[verb]) {
  console.error(`Expected: plan-on-pull-request.js ${Object.keys(verbs).join("|")}`);
  process.exit(2);
}
process.exitCode = await verbs[verb]().catch((error) => {
  console.error(`error: ${error.cause?.message ?? error.message}`);
  return 1;
});
