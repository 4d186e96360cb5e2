/** The samples in `jobs/`, what the guide shows, and what an action or a plain `curl` does: all of it works as it is. */

import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { jobJsonSchema, readJobs } from "#config/jobs/jobs.ts";
import { openScriptedServer } from "#contract/scripted-server.ts";
import { parseYaml } from "#formats/yaml.ts";
import { tempDir } from "./support/temp.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const textOf = (file: string): string => readFileSync(join(root, file), "utf8");
const mail = { name: "newsletter", medium: "email", list: "everyone" } as const;
const others = [
  { name: "feed", medium: "feed" },
  { name: "social", medium: "note" },
  { name: "mastodon", medium: "note" },
] as const;

describe("The folder of jobs", () => {
  it("contains valid samples of every kind, for the configuration next to them", async () => {
    const templatesDir = join(root, "templates");
    const site = { dir: root, timezone: "UTC", channels: [mail, ...others], lists: [], segments: {}, templatesDir };
    const { jobs, problems } = await readJobs(site);
    expect(problems.map(({ located }) => located)).toEqual([]);
    expect(new Set(jobs.map(({ kind }) => kind))).toEqual(new Set(["publish", "campaign", "republish", "maintenance"]));
    const names = Object.keys((parseYaml(textOf("postrider.yaml")).value as { channels: object }).channels);
    expect(
      jobs.flatMap((job) => ("channels" in job ? (job.channels ?? []) : [])).filter((name) => !names.includes(name)),
    ).toEqual([]);
  });

  it("has the schema that the command prints", () => {
    expect(JSON.parse(textOf("jobs/schema.json"))).toEqual(JSON.parse(JSON.stringify(jobJsonSchema())));
  });

  it("reads every job that the guide shows", async () => {
    const dir = tempDir();
    const blocks = [...textOf("docs/guides/jobs.md").matchAll(/```yaml\n# jobs\/([\w-]+)\.yaml[\s\S]*?```/g)];
    expect(blocks.length).toBe(4);
    mkdirSync(join(dir, "jobs"));
    mkdirSync(join(dir, "templates/email"), { recursive: true });
    writeFileSync(join(dir, "jobs/weekly-intro.md"), "Good morning.\n");
    writeFileSync(join(dir, "templates/email/weekly.mjml"), "");
    for (const [block, name] of blocks)
      writeFileSync(join(dir, `jobs/${name}.yaml`), block.replace(/^```yaml\n|```$/g, ""));
    const templatesDir = join(dir, "templates");
    const lists = ["weekly"];
    const site = { dir, timezone: "UTC", channels: [mail, ...others], lists, segments: {}, templatesDir };
    expect((await readJobs(site)).problems.map(({ located }) => located)).toEqual([]);
  });
});

describe("From outside", () => {
  it("asks the server, with the token, to publish the posts of a push, and fails if the server refuses", async () => {
    const me = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"];
    const dir = tempDir();
    const git = (...args: string[]) => execFileSync("git", [...me, ...args], { cwd: dir, encoding: "utf8" }).trim();
    const write = (name: string): void => {
      mkdirSync(join(dir, name, ".."), { recursive: true });
      writeFileSync(join(dir, name), `${name}\n`);
    };
    git("init", "--quiet");
    write("content/posts/old.md");
    git("add", "-A");
    git("commit", "--quiet", "-m", "First");
    const since = git("rev-parse", "HEAD");
    for (const name of ["content/posts/2027/größer & neuer.md", "content/posts/picture.png", "README.md"]) write(name);
    git("add", "-A");
    git("commit", "--quiet", "-m", "Second");

    await using server = await openScriptedServer(() => ({ status: 202, body: "{}" }));
    const run = (more: Record<string, string> = {}) =>
      promisify(execFile)("bash", [join(root, "bin/publish-over-http.sh")], {
        cwd: dir,
        env: {
          PATH: process.env["PATH"] ?? "",
          SINCE: since,
          SERVER: `${server.url}/`,
          TOKEN: "a-l0ng-t0ken",
          ...more,
        },
      });
    await run({ CHANNELS: "feed,newsletter" });
    expect(server.asked).toMatchObject([
      {
        method: "POST",
        path: "/api/v1/posts/2027%2Fgr%C3%B6%C3%9Fer%20%26%20neuer.md/publications",
        headers: { authorization: "Bearer a-l0ng-t0ken" },
        body: '{"onChange":true,"channels":["feed","newsletter"]}',
      },
    ]);
    server.answer = () => ({ status: 401, body: "{}" });
    await expect(run()).rejects.toMatchObject({ code: 1 });
    await expect(run({ CHANNELS: 'feed"' })).rejects.toMatchObject({ code: 2 });
    // What GitHub says where there was no commit before the push.
    for (const unknown of ["0".repeat(40), "--output=x"])
      await expect(run({ SINCE: unknown })).rejects.toMatchObject({
        code: 2,
        stderr: expect.stringContaining("git does not find the commit"),
      });
  });

  it("has an action whose files are there and whose inputs are described", () => {
    const action = parseYaml(textOf("action.yml")).value as {
      inputs: Record<string, { description: string }>;
      runs: { using: string; steps: { run?: string }[] };
    };
    expect(action.runs.using).toBe("composite");
    expect(Object.values(action.inputs).every(({ description }) => description.length > 0)).toBe(true);
    const files = action.runs.steps.flatMap(({ run = "" }) => [
      ...run.matchAll(/\$GITHUB_ACTION_PATH\/([\w./-]+\.(?:sh|js))/g),
    ]);
    expect(files.length).toBe(5);
    expect(files.filter(([, file = ""]) => !existsSync(join(root, file)))).toEqual([]);
  });
});
