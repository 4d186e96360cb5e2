/** Every rule can be broken, and every one stands in the guide. */

import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { comparePosts } from "#content/checks/compare.ts";
import { rulesTable } from "#content/checks/rules-table.ts";
import { siteLinks } from "#content/checks/site-links.ts";
import { type Code, rules, switchableRules } from "#content/rules.ts";
import { readOutline } from "#render/markdown/outline.ts";
import { tempDir } from "../support/temp.ts";
import { article, codes, contentOf, type Options, openFolder, postOf, readPost, root, sentence } from "./support.ts";

const matter = (lines: string, body = sentence) => `---\n${lines}\n---\n${body}\n`;
const good = "title: Ebb\ndate: 2026-05-04";

/** A post that breaks the rule. */
const broken: Partial<Record<Code, [text: string | Uint8Array, options?: Options & { path?: string }]>> = {
  "file-too-big": ["x".repeat(2_000_001)],
  "not-text": [new Uint8Array([0xff, 0xfe, 0])],
  "empty-file": ["\n"],
  "front-matter-unclosed": ["---\ntitle: Ebb\n"],
  "front-matter-language": ["---js\n{}\n---\n"],
  "front-matter-too-big": [matter(`title: ${"x".repeat(70_000)}`)],
  "front-matter-syntax": [matter("title: [")],
  "front-matter-not-a-mapping": [matter("- a")],
  "front-matter-quotes": [matter('title: "Ebb\nand flood"\ndate: 2026-05-04')],
  "cut-value": [matter("title: Ebb in C # and F#\ndate: 2026-05-04")],
  "duplicate-key": [matter(`${good}\ntitle: Flood`)],
  "no-title": [matter("date: 2026-05-04")],
  "untrimmed-title": [matter("title: ' Ebb'\ndate: 2026-05-04")],
  "no-date": [matter("title: Ebb"), { path: "ebb.md" }],
  "bad-date": [matter("title: Ebb\ndate: 2026-02-30")],
  "draft-without-date": [matter("title: Ebb\ndraft: true"), { path: "ebb.md" }],
  "bad-permalink": [matter(`${good}\nurl: javascript:x`)],
  "bad-language": [matter(`${good}\nlang: '!'`)],
  "unclear-draft": [matter(`${good}\ndraft: perhaps`)],
  expired: [matter(`${good}\nexpiryDate: 2026-05-31`)],
  "no-summary": [matter(good, "![](a.png)")],
  "empty-body": [matter(good, "")],
  "template-syntax": [article("{{ page.title }}")],
  "module-syntax": [article("import Tide from './tide'")],
  "unresolved-reference": [article("[a][b] is gone.")],
  "broken-link": [article("[a](b c d) is broken.")],
  placeholder: [article("[a](TODO)")],
  todo: [article("TODO: write it.")],
  "unknown-shortcode": [article("{{< tide >}}"), { preset: "hugo" }],
  "unknown-directive": [article(":::tide\nText.\n:::")],
  "mdx-expression": [article("It is {tide.depth} deep."), { preset: "docusaurus" }],
  "left-out": [article('{{< gallery match="*" >}}'), { preset: "hugo" }],
  "hidden-image": [article("![A boat](./boat.png)"), { preset: "astro" }],
  "dead-post-link": [article("[a](./gone.md)")],
  "generator-syntax": [article("A boat.\n{: .center}")],
  "visible-emphasis": [article("これは**「潮」**です。")],
  "field-residue": [matter("title: About {{ site.title }}\ndate: 2026-05-04")],
  "broken-comment": [article("Text <!- more -> text.")],
  "unspaced-heading": [article("#How the harbour works")],
  "spaced-link": [article("See [the tide table] (https://example.org/tide).")],
  "visible-math": [article("The depth is \\\\(d\\\\) here.")],
  "broken-table": [article("| tide | depth |\n| ebb | 2 m |")],
  "unclosed-fence": [article("```js\nlet tide;\n\nAnd so on.")],
  "merge-conflict": [article("<<<<<<< HEAD\nEbb\n=======\nFlood\n>>>>>>> tide")],
  "broken-letters": [article("The cafÃ© by the harbour.")],
  "too-many-marks": [article("。**a ".repeat(4_000))],
  "table-too-large": [article(`|${"a|".repeat(100)}\n|${"-|".repeat(100)}\n${"|b|\n".repeat(201)}`)],
  "too-deep": [article(`${">".repeat(60)} a`)],
  "too-many-formulas": [article(Array.from({ length: 160 }, (_, index) => `$a_{${index}}$`).join(" "))],
  "formula-too-large": [article(`$$\n${"a + ".repeat(300)}b\n$$`)],
  "link-without-scheme": [article("[a](www.example.org)")],
  "malformed-scheme": [article("[a](ttps://example.org)")],
  "bracketed-link": [article("[a]([https://example.org])")],
  "empty-link": [article("[a]()")],
  "local-link": [article("![A boat](http://localhost:3000/boat.png)")],
  "staging-link": [article("[a](https://staging.tide.example.org/a)")],
  "literal-alt": [article("![alt text](/a.png)")],
  "missing-alt": [article("![](/a.png)")],
  "body-h1": [article("# Another\n\nText.")],
  "unknown-tag": [article("Set <POWERPROFILE> here.")],
};

/** Those that one file alone can't break; each has a test of its own. */
const elsewhere: Code[] = [
  "missing-file",
  "missing-image",
  "not-a-file",
  "unreadable-file",
  "too-slow",
  "draft-link",
  "duplicate-title",
  "duplicate-url",
  "dead-link",
  "note-too-long",
  "note-cut",
  "note-empty",
  "note-without-alt",
  "note-private-link",
  "unknown-network",
];

describe("Each rule", () => {
  it("has an example in this test", () => {
    expect([...Object.keys(broken), ...elsewhere].sort()).toEqual(Object.keys(rules).sort());
  });

  it.each(Object.entries(broken))(
    "%s is broken by its example, and an error holds the post",
    async (code, [text, options]) => {
      const { post, diagnostics } = await readPost(text, options);
      const found = diagnostics.find((each) => each.code === code);
      expect(found, JSON.stringify(diagnostics)).toBeDefined();
      expect(found?.severity).toBe(rules[code as Code].severity);
      if (found?.severity === "error") expect(["held", undefined]).toContain(post?.status);
    },
  );

  it.each(Object.entries(broken).filter(([code]) => switchableRules.includes(code)))(
    "%s can be switched off, and to the other severity",
    async (code, [text, options]) => {
      const off = await readPost(text, { ...options, checks: { [code]: "off" } });
      expect(codes(off).filter((each) => each.startsWith(`${code}:`))).toEqual([]);
      const other = rules[code as Code].severity === "error" ? "warning" : "error";
      const { diagnostics } = await readPost(text, { ...options, checks: { [code]: other } });
      expect(diagnostics.find((each) => each.code === code)?.severity).toBe(other);
    },
  );

  it("that every post needs can't be switched, and neither can an unknown one", () => {
    expect(() => contentOf({}, { checks: { "no-date": "off" } })).toThrow(/can't be switched/);
    expect(() => contentOf({}, { checks: { "no-titel": "off" } })).toThrow(/no rule "no-titel"/);
  });
});

describe("A file that can't be read", () => {
  it("is reported with its reason", async () => {
    const dir = tempDir();
    symlinkSync("circle.md", join(dir, "circle.md"));
    expect(codes(await openFolder(dir).read("circle.md"))).toEqual(["unreadable-file:1"]);
  });

  it("in time is stopped and reported", async () => {
    const content = contentOf(
      { "slow.md": article(`${sentence}\n`.repeat(300)) },
      { deadlineMs: 50, outline: endless },
    );
    expect(codes(await content.read("slow.md"))).toEqual(["too-slow:5"]);
  });
});

function endless(): never {
  for (;;) if (performance.now() < 0) throw new Error("never");
}

describe("Posts that are seen together", () => {
  const ready = { status: "ready", links: [] };
  const rows = [
    { path: "a.md", title: "Low  water", url: "https://tide.example.org/a/", ...ready },
    { path: "b.md", title: "low water", url: "https://tide.example.org/b/", ...ready },
    { path: "c.md", title: "High water", url: "https://tide.example.org/a", ...ready },
  ];

  it("must not link to a draft, in the text or in the author's texts for networks", async () => {
    const post = await postOf(
      "---\ntitle: A\ndate: 2026-01-05\nshare_text: See https://tide.example.org/draft/ too.\n---\nAs [this](/draft#top) says, and [that](https://elsewhere.example/draft).\n",
    );
    const url = "https://tide.example.org/a/";
    const links = siteLinks({ ...post, url }, readOutline);
    const draft = { path: "draft.md", title: "D", url: "https://tide.example.org/draft/", status: "draft", links: [] };
    const found = comparePosts([{ path: "a.md", title: "A", url, status: "ready", links }, draft], new Map());
    expect(found.get("a.md")).toMatchObject([
      { code: "draft-link", line: 6, message: expect.stringContaining("draft.md") },
      { code: "draft-link", line: 1 },
    ]);
  });

  it("must not share a title or an address", () => {
    const found = comparePosts(rows, new Map());
    expect(Object.fromEntries([...found].map(([path, list]) => [path, list.map(({ code }) => code)]))).toEqual({
      "a.md": ["duplicate-title", "duplicate-url"],
      "b.md": ["duplicate-title"],
      "c.md": ["duplicate-url"],
    });
    expect(found.get("b.md")?.[0]?.message).toContain("a.md");
  });

  it("may do this if the site configures it", () => {
    expect(
      comparePosts(
        rows,
        new Map([
          ["duplicate-title", "off"],
          ["duplicate-url", "off"],
        ]),
      ).size,
    ).toBe(0);
  });
});

describe("The guide", () => {
  it("has the current table of rules", () => {
    // A formatter may pad the cells.
    const cells = (text: string): string =>
      text
        .split("\n")
        .filter((line) => line.startsWith("|"))
        .map((line) => line.split("|").map((cell) => cell.trim().replace(/^-+$/, "-")))
        .join("\n");
    expect(cells(readFileSync(join(root, "docs/guides/checks.md"), "utf8"))).toContain(cells(rulesTable()));
  });

  it("names every handler", async () => {
    const { handlerNames } = await import("#core/posts/preset.ts");
    const guide = readFileSync(join(root, "docs/guides/checks.md"), "utf8");
    expect(guide).toContain(`\`${handlerNames.join(" ")}\``);
  });
});
