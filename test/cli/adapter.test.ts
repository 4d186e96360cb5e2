/** Adapters of the operator's own: the one of the guide, as it is printed there, and some that are wrong. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openScriptedServer } from "#contract/scripted-server.ts";
import { openTestSite, post } from "../support/cli.ts";

const guide = readFileSync(fileURLToPath(new URL("../../docs/guides/adding-a-network.md", import.meta.url)), "utf8");
const example = /```js\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";

const configuration = (server: string): string => `site: { title: A Blog, url: "https://example.org" }
content: { dir: content/posts, permalink: "/blog/:file/" }
channels:
  board: { adapter: ./adapters/noticeboard.js, server: "${server}", token: "\${BOARD_TOKEN}" }
`;

describe("An adapter of the operator's own", () => {
  it("is shown completely in the guide, in at most 60 lines, and meets the contract", async () => {
    expect(example.trimEnd().split("\n").length).toBeLessThanOrEqual(60);
    const site = openTestSite("", { "adapters/noticeboard.js": example });
    const { status, stdout } = await site.run("adapter", "test", "adapters/noticeboard.js");
    expect(stdout).toContain("✓ reports a refusal as permanent");
    expect(stdout).not.toContain("✗");
    expect(status).toBe(0);
  });

  it("posts, edits, measures by its own rule, and is identified by its name and not its path", async () => {
    const url = "https://board.example/notices/7";
    await using server = await openScriptedServer(() => ({ status: 200, body: JSON.stringify({ id: "7", url }) }));
    const files = { "adapters/noticeboard.js": example, "content/posts/hello.md": post("Hello") };
    const site = openTestSite(configuration(server.url), files, { BOARD_TOKEN: "t0ken" });
    const published = await site.run("publish", "content/posts/hello.md", "--json");
    expect(published.json()).toMatchObject({
      publications: [{ channels: { board: { adapter: "noticeboard", counts: { accepted: 1 }, links: [url] } } }],
    });
    const [asked] = server.asked;
    expect(asked).toMatchObject({ method: "POST", path: "/notices" });
    expect(JSON.parse(asked?.body ?? "").text).toMatch(/^Hello\n\n.*https:\/\/example\.org\/blog\/hello\/$/s);
    site.write("content/posts/hello.md", post("Hello again"));
    expect((await site.run("republish", "content/posts/hello.md", "--mode", "update")).status).toBe(0);
    expect(server.asked.at(-1)).toMatchObject({ method: "PUT", path: "/notices/7" });
    const measured = await site.run("measure", "./adapters/noticeboard.js", "--json");
    expect(measured.json()).toMatchObject({ count: 0, limit: 400 });
  });

  it.each([
    ["missing", "This file does not exist", ""],
    [
      "broken",
      "adapters/noticeboard.js:2: The adapter could not be loaded",
      "export const bench = {};\nnonsense(();\n",
    ],
    [
      "thrown",
      "adapters/noticeboard.js:2: The adapter could not be created: no",
      'export default () => {\n  throw new Error("no");\n};\n',
    ],
    ["empty", "default export: ", "export const bench = {};\n"],
    [
      "incomplete",
      "traits.idempotent: expected true if",
      'export default ({ z }) => ({ name: "mine", medium: "note", config: z.object({}), traits: {}, open() {} });\n',
    ],
    ["ours", 'There are two adapters named "mastodon"', example.replace('name: "noticeboard"', 'name: "mastodon"')],
  ])("is told what is wrong with it: %s", async (_name, sentence, text) => {
    const site = openTestSite(configuration("https://board.example"), {}, { BOARD_TOKEN: "t0ken" });
    if (text) site.write("adapters/noticeboard.js", text);
    // Node itself has to say what is wrong with the file, not the test runner.
    const { status, stderr } = await (await site.start("status")).finished;
    expect(stderr).toContain(sentence);
    expect(stderr).toContain(join("adapters", "noticeboard.js"));
    expect(status).toBe(3);
  });

  it("gets a report of each broken part of the contract", async () => {
    const careless = example
      .replace("secrets: [token],", "")
      .replace('harmless: more.harmless ?? method === "GET",', "harmless: true,");
    const site = openTestSite("", { "mine.js": careless });
    const { status, json } = await site.run("adapter", "test", "mine.js", "--json");
    const failed = json<{ cases: { name: string; outcome: string; reason: string }[] }>().cases.filter(
      ({ outcome }) => outcome === "failed",
    );
    expect(status).toBe(1);
    expect(failed.map(({ name }) => name)).toContain("reports a lost answer as uncertain");
    expect(failed.map(({ reason }) => reason).join("\n")).toContain("the failure's message contains the secret");
  });
});
