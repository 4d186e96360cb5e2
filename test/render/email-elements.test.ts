import { beforeAll, describe, expect, it } from "vitest";
import type { Renderer } from "#core/renditions/rendition.ts";
import { list, makePost, openTestRenderer } from "./support.ts";

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openTestRenderer();
});

const mail = (body: string, more: Parameters<typeof makePost>[1] = {}) => renderer.email(makePost(body, more), list);

describe("the elements of a mail", () => {
  it("break no word in a table that a phone can show", async () => {
    const { html } = await mail("| Time | Reading |\n|---|--:|\n| 21:19 | 18.24 |");
    expect(html.match(/<t[dh][^>]*word-break:normal/g)).toHaveLength(4);
    expect(html).not.toMatch(/<table[^>]*min-width/);
  });

  it("let a table scroll if its words don't fit next to each other, and otherwise break an address in it", async () => {
    const { html } = await mail(
      `| ${"instrumentation | configuration | observability |".replaceAll(" ", "")}\n|---|---|---|`,
    );
    expect(html).toMatch(/overflow-x:auto[^>]*><table[^>]*min-width:\d{3}px/);
    const address = await mail("| Where |\n|---|\n| https://example.org/a/very/long/path/without/any/space |");
    expect(address.html).not.toContain("overflow-x");
    expect(address.html).toMatch(/<td(?![^>]*word-break:normal)[^>]*><a href="https:\/\/example.org\/a/);
  });

  it("align the lines of a task with its text, but not in a task with a list", async () => {
    const { html } = await mail("- [x] one\n- [ ] two\n  - [ ] inner");
    expect(html.match(/text-indent:-26px/g)).toHaveLength(2);
  });

  it("separate the notes from the text, in a smaller font", async () => {
    const { html } = await mail("A word.[^1]\n\n[^1]: Said lower.");
    expect(html).toMatch(/<h2 class="notes" style="[^"]*border-top[^"]*font-size:17px/);
  });

  it("show a card for a picture that no email client shows", async () => {
    const { html, text } = await mail("![The plan](plan.svg)");
    expect(html).toMatch(/class="tint"[\s\S]*>Image: The plan<\/a>[\s\S]*>room\.example\.org</);
    expect(text).toContain("[Image: The plan] [1]");
    expect(text).toContain("[1] https://room.example.org/blog/sample/plan.svg");
  });

  it("include the caption of an image in the text part, and underline every heading", async () => {
    const { text } = await mail('## One\n\n### Two\n\n![Alt](a.png "Said below")');
    expect(text).toContain("One\n---\n");
    expect(text).toContain("Two\n~~~\n");
    expect(text).toContain("[Image: Alt] Said below");
  });

  it("give the line below the title the direction of its own text", async () => {
    const { html } = await mail("متن", { language: "fa", direction: "rtl" });
    expect(html).toMatch(/<p dir="ltr" style="[^"]*text-align:right[^"]*" class="muted">By Ada Quill/);
  });
});

describe("the lines around a mail", () => {
  it("keep markup out of the preheader, for any summary", async () => {
    const text = "</mj-text><script>alert(1)</script> A **summary** with <b>marks</b>";
    const { preheader, html } = await mail("Words.", { summary: { text, source: "frontmatter" } });
    expect(preheader).toBe("alert(1) A summary with marks");
    expect(html).toContain("&lt;/mj-text&gt;&lt;script&gt;");
  });
});
