import { beforeAll, describe, expect, it } from "vitest";
import type { Renderer } from "#core/renditions/rendition.ts";
import { mailBytes } from "#render/email/budget.ts";
import { openRenderer } from "#render/renderer.ts";
import { list, makePost, openTestRenderer, site, templatesDir } from "./support.ts";

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openTestRenderer();
});

const longUrl = `https://news.example.org/${"x".repeat(180)}`;

describe("a post of a single block that is longer than a mail", () => {
  it.each([
    ["list", "- an item with _some_ words\n".repeat(8_000), /<\/li>\s*<\/ul>/],
    ["table", `| a | b |\n|---|---|\n${"| one | two |\n".repeat(8_000)}`, /<th [^>]*>a<\/th>/],
    ["listing", `\`\`\`js\n${"const a = 1; // why\n".repeat(8_000)}\`\`\`\n`, /\n…<\/pre>/],
    ["paragraph", "words **and** more words ".repeat(8_000), /…<\/p>|…<\/strong>/],
    ["quote", "> words and more words\n>\n".repeat(8_000), /<\/blockquote>/],
    ["word", "x".repeat(200_000), /x…<\/p>/],
  ])("is cut inside it: a %s", async (_, body, end) => {
    const { html, slots } = await renderer.email(makePost(body), list);
    expect(end.test(html)).toBe(true);
    expect(html).toContain("Continue reading");
    const filled = Object.values(slots).reduce((page, slot) => page.replaceAll(slot, longUrl), html);
    expect(mailBytes(filled)).toBeLessThanOrEqual(98_000);
    expect(mailBytes(filled)).toBeGreaterThan(70_000);
  });

  it("has all its text in the text part, up to about 35,000 words", async () => {
    const { text } = await renderer.email(makePost("- a tale\n".repeat(10_000)), list);
    expect(text.match(/- a tale/g)).toHaveLength(10_000);
    const novel = await renderer.email(makePost("- a tale\n".repeat(30_000)), list);
    expect(novel.text.match(/- a tale/g)?.length).toBeLessThan(10_000);
    expect(novel.text).toContain("Read on the web: https://room.example.org/blog/sample/");
  });
});

describe("a post of many blocks", () => {
  it("ends after a block, and not with a heading", async () => {
    const part = "### A heading\n\nA paragraph of some length, to be read slowly by whoever has an evening.\n\n";
    const { html } = await renderer.email(makePost(part.repeat(1_500)), list);
    expect(html).toMatch(/evening\.<\/p><\/td><\/tr><\/table>\s*<\/div>[\s\S]*Continue reading/);
    expect(html).not.toContain("evening…");
  });

  it("has the line of the cut in its report", async () => {
    const open = await openRenderer({ templatesDir, site });
    const { changes, htmlBytes } = await open.fidelity(makePost("## H\n\nA paragraph.\n\n".repeat(4_000)), list);
    expect(htmlBytes).toBeLessThanOrEqual(98_000);
    const [cut] = changes.filter(({ kind }) => kind === "cut");
    expect(cut?.message).toMatch(/^The email ends before this block with a link to the whole post/);
  });
});
