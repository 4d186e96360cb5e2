/** Readers' addresses and the key of their links stay with the user who runs Postrider, whatever the umask is. */

import { chmodSync, chownSync, lstatSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { mailSite, openTestSite, post } from "../support/cli.ts";

const configuration = mailSite("inbox:.postrider/inbox", "  social: { adapter: outbox, dir: .postrider/outbox }\n")
  .replace("channels:", "pictures: { publish: server }\nchannels:")
  .concat("  feed: { adapter: rss, out: public }\n");
/** One pixel. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

function everythingIn(dir: string): string[] {
  return [dir, ...readdirSync(dir, { recursive: true, encoding: "utf8" }).map((name) => join(dir, name))];
}

/** What others may read, change or list. */
function openToOthers(dir: string): string[] {
  return everythingIn(dir).filter((path) => !lstatSync(path).isSymbolicLink() && (lstatSync(path).mode & 0o077) !== 0);
}

const modeOf = (path: string): number => statSync(path).mode & 0o777;

it.each([
  { umask: 0o000, mode: "000" },
  { umask: 0o022, mode: "022" },
])("makes files private with umask $mode, and corrects open files", async ({ umask }) => {
  const before = process.umask(umask);
  onTestFinished(() => void process.umask(before));
  const site = openTestSite(configuration, {
    "content/posts/hello.md": `${post("Hello")}\n![A dot](dot.png)\n`,
    "readers.csv": "email\nada@example.org\nno address\n",
  });
  writeFileSync(join(site.dir, "content/posts/dot.png"), picture);
  const data = join(site.dir, ".postrider");
  const at = (name: string): string => join(site.dir, name);

  const checked = await site.first("check");
  expect(checked).toMatchObject({ status: 0, stderr: expect.not.stringContaining("other users") });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const published = await site.run("--json", "publish", "content/posts/hello.md");
  expect(published, published.stderr).toMatchObject({ status: 0, stderr: expect.not.stringContaining("other users") });
  expect(readdirSync(data).sort()).toEqual([
    ".gitignore",
    "checks.json",
    "inbox",
    "outbox",
    "pg",
    "pictures",
    "run",
    "wire",
  ]);
  expect(openToOthers(data)).toEqual([]);

  const named = ["readers.out", "suppressions.out", "deliveries.jsonl"];
  for (const name of named) writeFileSync(at(name), "an older one", { mode: 0o666 });
  const [campaign] = (await site.run("--json", "campaigns", "list")).json<{ campaigns: { id: string }[] }>().campaigns;
  await site.run("backup", "backup.gz");
  await site.run("subscribers", "export", "--out", "readers.out");
  await site.run("subscribers", "suppressions", "--out", "suppressions.out");
  await site.run("audit", campaign?.id ?? "", "--export", "deliveries.jsonl");
  for (const name of [...named, "backup.gz", "readers.csv.rejects.csv"]) expect(modeOf(at(name)), name).toBe(0o600);
  // A web server reads these as another user.
  expect(modeOf(at("public")), "public").toBe(0o777 & ~umask);
  for (const name of readdirSync(at("public"))) expect(modeOf(join(at("public"), name)), name).toBe(0o666 & ~umask);

  // As an earlier version left it.
  for (const path of everythingIn(data)) chmodSync(path, lstatSync(path).isDirectory() ? 0o755 : 0o666);
  writeFileSync(at("elsewhere.txt"), "not ours to change");
  chmodSync(at("elsewhere.txt"), 0o644);
  symlinkSync(at("elsewhere.txt"), join(data, "link"));
  const mended = await site.run("check");
  expect(mended.stderr).toMatch(/warn: \S+\.postrider: other users of this machine could read \d+ of the files/);
  expect(openToOthers(data)).toEqual([]);
  expect(modeOf(at("elsewhere.txt"))).toBe(0o644);
  const doctor = await site.run("--json", "doctor");
  expect(doctor.stderr).not.toContain("other users");
  const { findings } = doctor.json<{ findings: { about: string; state: string; message: string }[] }>();
  expect(findings.filter(({ about }) => about === "data folder")).toEqual([
    { about: "data folder", state: "ok", message: `only this user can read ${data}` },
    expect.objectContaining({ state: "unknown", message: expect.stringContaining(join(data, "link")) }),
  ]);
  expect(openToOthers(data)).toEqual([]);
});

it.runIf(process.getuid?.() === 0)(
  "does not change another user's files, reports them, and writes nothing into them",
  async () => {
    const site = openTestSite(configuration, { "readers.csv": "email\nada@example.org\n" });
    await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    const theirs = site.write(".postrider/inbox/0001-theirs.eml", "theirs");
    const out = site.write("theirs.csv", "theirs");
    for (const file of [theirs, out]) {
      chmodSync(file, 0o644);
      chownSync(file, 65_534, 65_534);
    }
    const exported = await site.run("subscribers", "export", "--out", "theirs.csv");
    expect(exported).toMatchObject({ status: 1, stderr: expect.stringContaining("belongs to another user") });
    expect(exported.stderr).toContain(`${theirs} can't be made private. Another user owns it`);
    expect(statSync(theirs)).toMatchObject({ uid: 65_534, mode: 0o100644 });
    const { findings } = (await site.run("--json", "doctor")).json<{ findings: { about: string; state: string }[] }>();
    expect(findings).toContainEqual(expect.objectContaining({ about: "data folder", state: "wrong" }));
  },
);

it("changes permissions only of its own files if the data folder is the blog's folder", async () => {
  const site = openTestSite(configuration, { "content/posts/hello.md": post("Hello"), "public/index.html": "a page" });
  chmodSync(site.dir, 0o755);
  chmodSync(join(site.dir, "public/index.html"), 0o644);
  const checked = await site.run("--data", ".", "check");
  expect(checked.status, checked.stderr).toBe(0);
  expect(modeOf(site.dir)).toBe(0o755);
  expect(modeOf(join(site.dir, "public/index.html"))).toBe(0o644);
  expect(modeOf(join(site.dir, "checks.json"))).toBe(0o600);
});
