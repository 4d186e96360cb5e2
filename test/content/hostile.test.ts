/** Posts that somebody wrote to do harm, and bytes that nobody wrote at all. */

import { symlinkSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tempDir } from "../support/temp.ts";
import { article, codes, contentOf, openFolder, readPost } from "./support.ts";

const mostMs = 10_000;

async function timed(text: string | Uint8Array, options = {}) {
  const begun = performance.now();
  const reading = await readPost(text, options);
  expect(performance.now() - begun).toBeLessThan(mostMs);
  return reading;
}

const hostile: [name: string, body: string][] = [
  ["nested quotes", ">".repeat(100_000)],
  ["nested lists", Array.from({ length: 3_000 }, (_, depth) => `${" ".repeat(depth)}- a`).join("\n")],
  ["emphasis", "_a_".repeat(30_000)],
  ["brackets", "[".repeat(100_000)],
  ["closing brackets", `${"[a](".repeat(30_000)}`],
  ["template braces", "{{".repeat(50_000)],
  ["template tags", "{% note ".repeat(20_000)],
  ["shortcodes", "{{< a ".repeat(20_000)],
  ["directives", ":::note\n".repeat(20_000)],
  ["components", "<Tabs ".repeat(20_000)],
  ["elements", "<div>".repeat(50_000)],
  ["comments", "<!--".repeat(50_000)],
  ["backticks", "`a``b```".repeat(20_000)],
  ["fences", "```\n~~~\n".repeat(20_000)],
  ["attributes", "{: .a".repeat(20_000)],
  ["footnotes", "[^a]: x\n".repeat(20_000)],
  ["references", "[a][b]".repeat(20_000)],
  ["emoji", ":a".repeat(50_000)],
  ["Liquid raw text", "{% raw %}".repeat(20_000)],
  ["Liquid outputs", "{{ a | b ".repeat(20_000)],
  ["tags without an end", "{{< note >}}".repeat(10_000)],
  ["tags in tags", `${"{{< note >}}\n".repeat(5_000)}${"{{< /note >}}\n".repeat(5_000)}`],
  ["components with braces", `<A b={${"{".repeat(50_000)}`],
  ["components in components", `${"<Tabs>\n".repeat(5_000)}${"</Tabs>\n".repeat(5_000)}`],
  ["expressions", "{a".repeat(50_000)],
  ["expressions that end", "{a}".repeat(30_000)],
  ["tags of HTML with expressions", "<div a={b} ".repeat(10_000)],
  ["attributes that never end", `<div ${"a=".repeat(50_000)}`],
  ["imports", "import a from 'b'\n\n".repeat(20_000)],
  ["links to posts", "[a](b.md) ".repeat(10_000)],
  ["images beside the post", "![a](./b.png) ".repeat(10_000)],
  ["image texts", "![a".repeat(30_000)],
  ["definitions", "[a]: b.md\n".repeat(20_000)],
  ["headings with ids", "# a {#b}\n".repeat(20_000)],
  ["kramdown comments", "{::comment}".repeat(20_000)],
  ["tables of contents", "* a\n{:toc}\n".repeat(20_000)],
  ["titles of directives", `:::note ${"[".repeat(50_000)}`],
  ["emphasis that is none", "**「a」**b".repeat(10_000)],
  ["definition lists", "a\n: b\n\n".repeat(20_000)],
  ["blank lines", "\n".repeat(500_000)],
  ["blanks", " ".repeat(500_000)],
  ["one long word", "a".repeat(1_000_000)],
  ["pipes", `|${"a|".repeat(20_000)}\n|${"-|".repeat(20_000)}\n`],
  ["a heading of hashes", `${"#".repeat(100_000)} a`],
  ["JSON braces", `{"a":${"{".repeat(100_000)}`],
];

describe("A hostile post", () => {
  it.each(hostile)("of %s is read or refused in time", async (_, body) => {
    await timed(article(body));
    await timed(body);
  });

  it.each(["hugo", "jekyll", "docusaurus", "zola"])(
    "is read or refused in time by the preset %s",
    { timeout: 120_000 },
    async (preset) => {
      for (const [, body] of hostile) await timed(article(body), { preset, path: "2026-05-04-a.mdx" });
    },
  );

  it("runs nothing and changes no global object", async () => {
    const { post } = await timed(
      '---\ntitle: "<script>alert(1)</script>Ebb"\n"__proto__": { polluted: 1 }\nconstructor: { prototype: { polluted: 1 } }\ndate: 2026-05-04\nauthor: "[Ada](javascript:alert(1))"\nimage: "javascript:alert(1)"\n---\nText.\n',
    );
    expect(JSON.stringify(post)).not.toContain('javascript:alert(1)",');
    expect(post?.image).toBeUndefined();
    expect(post?.authors[0]?.url).toBeUndefined();
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("can't lead out of its folder by a link", async () => {
    const outside = tempDir();
    const content = contentOf({ "secret.md": article("Secret.") });
    symlinkSync(join(outside), join(outside, "loop"));
    const [file = ""] = await content.list();
    symlinkSync(file, join(outside, "link.md"));
    expect(await openFolder(outside).list()).toEqual([]);
  });
});

describe("Any bytes", () => {
  it("give a post or findings, each with a line of the file", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        const { post, diagnostics } = await readPost(bytes);
        if (!post) expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  const pieces = fc.constantFrom(
    ..."---|+++|\n|\n\n|title: Ebb|date: 2026-05-04|:|{{|}}|{%|%}|{{<|>}}|{: .a}|:::note|:::|```|`|~~~|[|](|)|![|<Note|</Note>|<|>|{|}|import a from 'b'|export|[^a]|[^a]:|:tada:|# |- |  |\t|&amp;|<!--|-->|*|_|raw|endraw|note|endnote|youtube x|/note|\"|'|=|\u200f|\u{1f600}|é".split(
      "|",
    ),
    "|",
  );

  it("made of Markdown and generator syntax do this too", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 60 }), async (parts) => {
        const text = article(parts.join(""));
        const lines = text.split(/\r\n?|\n/).length;
        const { post, diagnostics } = await readPost(text);
        expect(diagnostics.filter(({ line }) => !(line >= 1 && line <= lines))).toEqual([]);
        if (post) expect(post.body.split("\n").length).toBe(lines - post.bodyLine + 1);
      }),
      { numRuns: 500 },
    );
  });

  it("as front matter do this too", async () => {
    const values = fc.oneof(fc.string(), fc.jsonValue(), fc.object());
    const keys = fc.constantFrom(
      ..."title date author authors tags category image cover draft published lang slug url permalink path id description __proto__".split(
        " ",
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(keys, values), fc.boolean(), async (data, json) => {
        const matter = JSON.stringify(data);
        const reading = await readPost(json ? `${matter}\nText.` : `---\n${matter}\n---\nText.`);
        expect(codes(reading).every((code) => /^[a-z0-9-]+:\d+$/.test(code))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
