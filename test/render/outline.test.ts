import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOutline } from "#render/markdown/outline.ts";

describe("readOutline", () => {
  it("finds headings, paragraphs, images and links with their lines", () => {
    const outline = readOutline(
      ["# A *title*", "", "First with a", "[link](/a) here.", "", "![Alt](b.png)", "", "> [quoted](q)"].join("\n"),
    );
    expect(outline.headings).toEqual([{ depth: 1, text: "A title", line: 1 }]);
    expect(outline.paragraphs).toEqual([{ text: "First with a link here.", line: 3 }]);
    expect(outline.images).toEqual([{ src: "b.png", alt: "Alt", line: 6 }]);
    expect(outline.links).toEqual([
      { href: "/a", text: "link", line: 4 },
      { href: "q", text: "quoted", line: 8 },
    ]);
  });

  it("gives the lines of nested items and of table rows", () => {
    const outline = readOutline(["- one", "  - [two](2)", "- three", "", "|a|b|", "|-|-|", "|[c](3)|d|"].join("\n"));
    expect(outline.links.map(({ line }) => line)).toEqual([2, 7]);
  });

  it("reads links and images in raw HTML", () => {
    const outline = readOutline('<div>\n<img src="a.png" alt="A">\n<a href="/b">B</a>\n</div>');
    expect(outline.images).toEqual([{ src: "a.png", alt: "A", line: 2 }]);
    expect(outline.links).toEqual([{ href: "/b", text: "B", line: 3 }]);
  });

  it("leaves code out of the prose, and shows leftover template syntax with its line", () => {
    const outline = readOutline("Use `{{ code }}` or\n{{ leftover }} and <HOST>.\n\n```\n{{ fenced }}\n```");
    const prose = outline.prose.map(({ text }) => text).join("\n");
    expect(prose).not.toMatch(/code|fenced/);
    expect(outline.prose).toContainEqual({ text: "{{ leftover }} and <HOST>.", line: 2 });
    expect(outline.paragraphs[0]?.text).toContain("{{ code }}");
    expect(outline.text).not.toContain("fenced");
  });

  it("leaves scripts, comments and footnote marks out of the text", () => {
    const outline = readOutline("Seen[^1].\n\n<script>hidden()</script>\n\n<!-- more -->\n\n[^1]: A note.");
    expect(outline.text).toBe("Seen.\n\nA note.");
  });

  it.each([
    ["quotes", ">".repeat(5_000)],
    ["list items on one line", "- ".repeat(5_000)],
    ["lists", Array.from({ length: 400 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n")],
    ["asterisks", `${"*".repeat(5_000)}a${"*".repeat(5_000)}`],
    ["emphasis in emphasis", "*a **b ".repeat(1_000) + "c** d*".repeat(1_000)],
    ["brackets", `${"[".repeat(5_000)}a${"](b)".repeat(5_000)}`],
    ["elements", "<div>".repeat(10_000)],
    ["a word that looks like an address", `${"a.".repeat(30_000)}@`],
    ["delimiters without spaces", "a**b".repeat(15_000)],
    ["footnotes", "[^a]: x\n".repeat(5_000)],
  ])("survives %s by the thousand, in reasonable time", (_, markdown) => {
    const begun = performance.now();
    expect(() => readOutline(markdown)).not.toThrow();
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it("never throws, for any text", () => {
    const pieces = fc.constantFrom(
      "*",
      "_",
      "`",
      "[",
      "](",
      ")",
      "![",
      "<",
      ">",
      "|",
      "\n",
      "- ",
      "[^1]",
      ":",
      " ",
      "a",
      "&amp;",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 80 }), (parts) => {
        const markdown = parts.join("");
        const lines = markdown.split(/\r\n?|\n/).length;
        const outline = readOutline(markdown);
        const found = [...outline.links, ...outline.images, ...outline.prose, ...outline.headings];
        expect(found.filter(({ line }) => line < 1 || line > lines)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
