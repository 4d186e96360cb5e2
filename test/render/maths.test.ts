import { beforeAll, describe, expect, it } from "vitest";
import type { Renderer } from "#core/renditions/rendition.ts";
import { openPictures } from "#images/pictures.ts";
import { toHtml } from "#render/markdown/markdown.ts";
import { readOutline } from "#render/markdown/outline.ts";
import { openRenderer } from "#render/renderer.ts";
import { list, makePost, site, templatesDir } from "./support.ts";

let renderer: Renderer;
beforeAll(async () => {
  const pictures = openPictures({ roots: [], siteUrl: site.url, hosts: [], fetch });
  renderer = await openRenderer({ templatesDir, site, pictures });
});

describe("TeX in a post", () => {
  it.each([
    ["$x$", "<code"],
    ["the sum $\\sum_i i$, and", "<code"],
    ["$$\nE = mc^2\n$$", "<pre><code"],
    ["words\n$$\na = b\n$$\nwords", "<pre><code"],
  ])("is seen in %j", (body, tag) => {
    expect(toHtml(body).html).toContain(`${tag} class="language-math">`);
  });

  it.each([
    "costs $5 and $10.",
    "from $5-$10 or $3+$4",
    "$HOME/$PATH and $FOO=$BAR",
    "US$5=US$6",
    "a $ b $ c",
    "\\$x$",
    "`$x$`",
    "$a\n\nb_1$",
  ])("is not seen in %j", (body) => {
    expect(toHtml(body).html).not.toContain("language-math");
  });

  it("becomes a picture with the TeX as alternative text, aligned to the line, and stays TeX in the text part", async () => {
    const post = makePost("So $\\frac{a}{b}$ it is.\n\n$$\nc^2\n$$\n");
    const { html, text, attachments } = await renderer.email(post, list);
    expect(html).toMatch(
      /<img src="cid:[^"]+" alt="\\frac\{a\}\{b\}" width="\d+" height="\d+" style="[^"]*vertical-align:-\d+px/,
    );
    expect(html).toMatch(/<img [^>]*alt="c\^2"[^>]*display:block/);
    expect(attachments).toHaveLength(2);
    expect(text).toContain("So $\\frac{a}{b}$ it is.");
    expect(text).toContain("\n$c^2$\n");
  });

  it("stays TeX if it can't be drawn, and the report gives the reason", async () => {
    const post = makePost("So $\\nothing{x}$ it is.");
    expect((await renderer.email(post, list)).html).toContain(">\\nothing{x}</code>");
    const { changes } = await renderer.fidelity(post, list);
    expect(changes[0]?.message).toContain("Undefined control sequence \\nothing");
  });

  it("is code in a feed, and TeX in a summary", async () => {
    expect((await renderer.feed(makePost("So $a_1$ it is."))).html).toContain("<code>a_1</code>");
    expect(readOutline("So $a_1$ it is.").paragraphs[0]?.text).toBe("So a_1 it is.");
  });

  it("is read quickly, with any text between dollar signs", () => {
    for (const body of ["$".repeat(50_000), "$a".repeat(20_000), "$ a_1 ".repeat(20_000), `$$\n${"x".repeat(100_000)}`])
      expect(toHtml(body).html.length).toBeGreaterThan(0);
  });
});
