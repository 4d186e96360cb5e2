/** `preview` connects to nobody and needs nothing: it shows every medium, whatever is configured. */

import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post } from "../support/cli.ts";

const files = ["email.eml", "email.html", "email.txt", "feed.xml", "report.json", "social.json"];
/** `${NAME}`, as the file has it. */
const variable = (name: string): string => ["$", "{", name, "}"].join("");

it("shows each medium while credentials are missing", async () => {
  const more = [
    `  feed: { adapter: rss, out: public }`,
    `  toots: { adapter: mastodon, server: https://mastodon.example, token: "${variable("MASTODON_TOKEN")}" }`,
    `  chat: { adapter: discord, url: "${variable("DISCORD_WEBHOOK")}" }`,
  ].join("\n");
  const site = openTestSite(mailSite(variable("SMTP_URL"), `${more}\n`), { "content/posts/hello.md": post("Hello") });
  const result = await site.run("preview", "content/posts/hello.md", "--out", "out", "--json");
  expect(result.status, result.stderr).toBe(0);
  expect(result.json()).toMatchObject({ files: expect.arrayContaining(files) });
  const read = (name: string): string => readFileSync(join(site.dir, "out", name), "utf8");
  expect(Object.keys(JSON.parse(read("social.json")))).toEqual(["toots", "chat"]);
  expect(JSON.parse(read("social.json"))).toMatchObject({
    toots: {
      adapter: "mastodon",
      limit: 500,
      link: "https://example.org/blog/hello/",
      thread: [],
      card: { alt: null },
    },
  });
  expect(read("email.eml")).toContain("From: A Blog <news@example.org>");
  expect(read("email.txt")).toContain("Hello");
  expect(existsSync(join(site.dir, "public"))).toBe(false);
});

it("shows email and feed for a site without these channels", async () => {
  const site = openTestSite(
    'site: { title: "A, B & C", url: https://example.org }\nchannels:\n  social: { adapter: outbox, dir: out }\n',
    { "content/posts/hello.md": post("Hello") },
  );
  const result = await site.run("preview", "content/posts/hello.md");
  expect(result.status, result.stderr).toBe(0);
  expect(readdirSync(join(site.dir, "preview"))).toEqual(expect.arrayContaining(files));
  expect(readFileSync(join(site.dir, "preview/email.eml"), "utf8")).toMatch(/From: .*<news@example\.org>|From: news@/);
});

it("shows the email in light and dark and all widths, in frames without scripts, with all changes and their lines", async () => {
  const body = "![Plan](plan.svg)\n\n<script>alert(1)</script>\n\n![Gone](gone.png)\n\nWords.\n";
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><path d="M0 50H200" stroke="black"/></svg>';
  const site = openTestSite(mailSite(variable("SMTP_URL")), {
    "content/posts/hello.md": `${post("Hello")}${body}`,
    "content/posts/plan.svg": svg,
  });
  expect((await site.run("preview", "content/posts/hello.md", "--out", "out")).status).toBe(0);
  const read = (name: string): string => readFileSync(join(site.dir, "out", name), "utf8");
  const page = read("report.html");
  const found = [...page.matchAll(/<iframe sandbox="" title="([^,"]+), (375|640) pixels wide"/g)].map(
    ([, name]) => name,
  );
  const shown = ["Light", "Dark", "Forced dark", "Styles stripped", "Images off", "Text"];
  expect(found).toEqual(shown.flatMap((name) => [name, name]));
  expect(page).not.toMatch(/<script|\son\w+=/i);
  expect(page).toContain("data:image/png;base64,");
  const { email } = JSON.parse(read("report.json"));
  const lines = read("../content/posts/hello.md").split("\n");
  const lineOf = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1;
  const changes = email.changes.map(({ kind, line }: { kind: string; line: number }) => [kind, line]);
  expect(changes).toEqual([
    ["image-converted", lineOf("plan.svg")],
    ["html-dropped", lineOf("<script")],
    ["image-missing", lineOf("gone.png")],
  ]);
  expect(read("letters.html")).toContain("templates/email/confirm.mjml");
});

it("reports what is wrong with a post that it can't show, also as JSON", async () => {
  const site = openTestSite(mailSite("smtp://127.0.0.1:1"));
  const result = await site.run("preview", "nowhere.md", "--json");
  expect(result.status).toBe(1);
  expect(result.json()).toMatchObject({ files: [], diagnostics: [{ code: "missing-file" }] });
});

it("shows each note as its network would, behind its warning, with a picture that is not online yet", async () => {
  const toots = `  toots: { adapter: mastodon, server: https://mastodon.example, token: "${variable("MASTODON_TOKEN")}" }\n`;
  const matter = 'image: /lamp.png\nimage_alt: "A lamp, \\"lit\\""\ncontent_warning: <b>heights</b>\n';
  const site = openTestSite(mailSite(variable("SMTP_URL"), toots), { "content/posts/hello.md": post("Hello", matter) });
  copyFileSync(
    new URL("../golden/render/posts/img/lamp.png", import.meta.url),
    join(site.dir, "content/posts/lamp.png"),
  );
  expect((await site.run("preview", "content/posts/hello.md", "--out", "out")).status).toBe(0);
  const page = readFileSync(join(site.dir, "out/social.html"), "utf8");
  expect(page).toContain('<article lang="en" class="mastodon">');
  expect(page).toContain('<summary dir="auto">&lt;b&gt;heights&lt;/b&gt;</summary>');
  expect(page).toMatch(/<img src="data:image\/png;base64,\w[^"]+" alt="A lamp, &quot;lit&quot;"/);
  expect(page).not.toContain("<script");
  const social = JSON.parse(readFileSync(join(site.dir, "out/social.json"), "utf8"));
  expect(social.toots.card.image).toBe("https://example.org/lamp.png");
});
