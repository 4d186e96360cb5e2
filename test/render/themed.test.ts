import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fillSlots } from "#core/renditions/slots.ts";
import { openPictures } from "#images/pictures.ts";
import { openRenderer } from "#render/renderer.ts";
import { tempDir } from "../support/temp.ts";
import { list, makePost, root, site, templatesDir } from "./support.ts";

/** A theme in which everything is set that can be. */
const theme = `
width: 600
padding: 32
textSize: 18
fonts: { text: "Georgia, serif", heading: "Georgia, serif" }
logo: { image: /img/lamp.png, width: 120, height: 60 }
greeting: "Hello {name} & welcome,"
reader: "dear reader"
footer: "Made by the <sea>."
social:
  - { name: Mastodon, url: "https://mastodon.example/@you" }
  - { name: "Bluesky & more", url: "https://bsky.example/you?a=1&b=2" }
light: { accent: "#8a1c4a" }
dark: { accent: "#ff9ac4" }
`;

async function openThemed() {
  const dir = join(tempDir(), "templates");
  cpSync(templatesDir, dir, { recursive: true });
  writeFileSync(join(dir, "theme.yaml"), theme);
  const roots = [join(root, "test/golden/render/posts")];
  const pictures = openPictures({ roots, siteUrl: site.url, hosts: [], fetch });
  return openRenderer({ templatesDir: dir, site, pictures });
}

const recipient = {
  address: "a@example.org",
  list,
  unsubscribeUrl: "https://x.example/u",
  viewUrl: "https://x.example/v",
};

describe("a logo", () => {
  const withLogo = async (logo: string) => {
    const dir = join(tempDir(), "templates");
    cpSync(templatesDir, dir, { recursive: true });
    cpSync(join(root, "test/golden/render/posts/img/ornament.png"), join(dir, "logo.png"));
    writeFileSync(join(dir, "theme.yaml"), `\nlogo: ${logo}\n`);
    const pictures = openPictures({ roots: [dir], siteUrl: site.url, hosts: [], fetch });
    return openRenderer({ templatesDir: dir, site, pictures });
  };

  it("next to the theme is attached to the email with its proportions, because it is not on the site", async () => {
    const { html, attachments } = await (await withLogo("{ image: logo.png }")).email(makePost("Words."), list);
    expect(html).toMatch(/<img src="cid:[^"]*" alt="The Reading Room" width="120" height="15"/);
    expect(attachments).toHaveLength(1);
  });

  it("that is missing is an error with the line of the theme", async () => {
    const renderer = await withLogo("{ image: lgo.png }");
    const error = await renderer.email(makePost("Words."), list).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ line: 2, message: "logo.image: lgo.png: the file does not exist." });
  });
});

describe("a theme of one's own", () => {
  it("is used in every kind of email, in both parts", async () => {
    const renderer = await openThemed();
    const mails = [
      await renderer.email(makePost("A [link](/x)."), list),
      await renderer.digest({ list, posts: [makePost("Words.")], publishedAt: "2026-05-04T09:00:00Z" }),
      await renderer.confirm({ list }),
      await renderer.welcome({ list }),
    ];
    for (const { html, text } of mails) {
      expect(html).toContain("Georgia, serif");
      expect(html).toContain("#8a1c4a");
      expect(html).toContain('href="https://bsky.example/you?a=1&amp;b=2"');
      expect(html).toMatch(/>Mastodon<\/a>&nbsp;· <a[^>]*>Bluesky &amp; more<\/a>/);
      expect(html).toContain("Made by the &lt;sea&gt;.");
      expect(html).toMatch(/<img src="cid:[^"]*" alt="The Reading Room" width="120" height="60"/);
      expect(text).toContain("Mastodon: https://mastodon.example/@you");
      expect(text).toContain("Made by the <sea>.");
    }
  });

  it("greets each reader by name, or by a general word", async () => {
    const renderer = await openThemed();
    const rendition = await renderer.email(makePost("Words."), list);
    expect(fillSlots(rendition, { ...recipient, name: "Ann" }).html).toContain("Hello Ann &amp; welcome,");
    expect(fillSlots(rendition, { ...recipient, name: "Ann" }).text).toContain("Hello Ann & welcome,");
    expect(fillSlots(rendition, recipient).html).toContain("Hello dear reader &amp; welcome,");
    const hostile = fillSlots(rendition, { ...recipient, name: "<b>Eve</b> http://evil.example" });
    expect(hostile.html).toContain("Hello dear reader &amp; welcome,");
    expect(hostile.text).not.toContain("evil");
  });
});
