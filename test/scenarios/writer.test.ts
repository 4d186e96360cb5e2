/** A language model may write notes where the operator wants that; nothing depends on it. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Answer, openScriptedServer } from "#contract/scripted-server.ts";
import { openTestSite, post, type TestSite } from "../support/cli.ts";

const saying = (content: string): Answer => ({
  status: 200,
  body: JSON.stringify({ choices: [{ message: { content } }] }),
});
const link = "https://example.org/blog/hello/";
const usual = /^Hello\n\nA description of Hello/;

async function noteOf(answer: Answer, writer = true, more = "") {
  await using server = await openScriptedServer(() => answer);
  const endpoint = `writer: { url: "${server.url}/v1/chat/completions", model: small, token: s3cret-token, timeoutSeconds: 1 }\n`;
  const site = openTestSite(
    `site: { title: A Blog, url: "https://example.org" }
content: { dir: content/posts, permalink: "/blog/:file/" }
${writer ? endpoint : ""}channels:
  outbox: { adapter: outbox, dir: outbox }
  quiet: { adapter: outbox, dir: quiet, writer: false }
`,
    { "content/posts/hello.md": post("Hello", more) },
  );
  const { status, stderr } = await site.run("publish", "content/posts/hello.md", "--verbose");
  expect(status).toBe(0);
  expect(textIn(site, "quiet")).toMatch(more === "" ? usual : /./);
  expect(stderr).not.toContain("s3cret-token");
  return { text: textIn(site, "outbox"), stderr, asked: server.asked, site };
}

function textIn({ dir }: TestSite, folder: string): string {
  const [name = ""] = readdirSync(join(dir, folder)).filter((file) => file.endsWith(".txt"));
  return readFileSync(join(dir, folder, name), "utf8");
}

it("posts the model's text with the link, and asks once for a revision", async () => {
  const { text, asked, site } = await noteOf(saying("A year of work, told in four minutes."));
  expect(text).toBe(`A year of work, told in four minutes.\n\n${link}\n`);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers.authorization).toBe("Bearer s3cret-token");
  expect(JSON.parse(asked[0]?.body ?? "")).toMatchObject({
    model: "small",
    messages: [{ role: "system" }, { role: "user" }],
  });
  // Nobody answers there any more.
  await site.run("republish", "content/posts/hello.md", "--mode", "repost", "--reason", "again");
  expect(readdirSync(join(site.dir, "outbox")).filter((file) => file.endsWith(".txt"))).toHaveLength(2);
});

it("cuts a text that is too long after a sentence", async () => {
  const { text } = await noteOf(saying("This is one sentence of many. ".repeat(30)));
  expect(text).toMatch(/^(This is one sentence of many\. ?)+\n\nhttps:\/\/example\.org\/blog\/hello\/\n$/);
  expect([...text.trim()].length).toBeLessThanOrEqual(500);
});

it.each<[string, Answer, string]>([
  ["a link of its own", saying("Read more at https://evil.example/"), "the text has a link"],
  ["no answer in time", "hang", "timeout"],
  ["a server that is gone", "drop", "fetch failed"],
  ["an error", { status: 500 }, "answered 500"],
  ["something else", { status: 200, body: "<html>" }, "not a chat completion"],
])("goes without where there is %s, and says why", async (_name, answer, reason) => {
  const { text, stderr } = await noteOf(answer);
  expect(text).toMatch(usual);
  expect(stderr).toContain(reason);
});

it("is never asked if the author wrote the text, or if none is configured", async () => {
  const own = await noteOf(saying("No."), true, "share_text: My own words.\n");
  expect(own.text).toBe(`My own words.\n\n${link}\n`);
  expect(own.asked).toEqual([]);
  expect((await noteOf(saying("No."), false)).text).toMatch(usual);
});
