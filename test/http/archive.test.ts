/** The archive: what was mailed, for whom each list means it, and nothing in it that was a reader's own. */

import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { browserGates, chromium } from "../gates/browser.ts";
import { addReaders, aPost } from "../support/app.ts";
import { openReaderSite, type ReaderSite } from "../support/reader-site.ts";

async function published(settings = ""): Promise<ReaderSite> {
  const site = await openReaderSite(`lists: { everyone: { title: Letters${settings} } }\n`);
  await addReaders(site.test, 1);
  await site.test.publish(aPost({ id: "2026/hello.md" }));
  await site.test.settled("2026/hello.md");
  return site;
}

describe("The archive", () => {
  it("has each sent email as a page without personal data, which search engines are asked not to index", async () => {
    await using site = await published();
    const list = await fetch(`${site.url}/archive`);
    expect(list.headers.get("x-robots-tag")).toBe("noindex");
    expect(await list.text()).toContain('<a href="archive/2026~hello" lang="en">Hello</a>');
    const view = site.here(site.lastMail().recipient.viewUrl);
    expect(view).toBe(`${site.url}/archive/2026~hello`);
    for (const address of [view, `${site.url}/archive/2026/hello.md`]) {
      const answer = await fetch(address);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("x-robots-tag")).toBe("noindex");
      const page = await answer.text();
      expect(page).toContain("This is all there is to say today.");
      expect(page).toContain('<link rel="canonical" href="https://example.org/blog/hello/">');
      expect(page).not.toMatch(/reader0|unsubscribe|preferences|href=""|<script/i);
    }
    expect((await fetch(`${site.url}/archive/nothing`)).status).toBe(404);
  });

  it.skipIf(!existsSync(chromium))("has pages in which axe-core finds nothing", async () => {
    await using site = await published();
    const html = await (await fetch(site.here(site.lastMail().recipient.viewUrl))).text();
    for (const [gate, findings] of await browserGates([{ name: "archive", html }], { rules: {} }))
      expect(findings, gate).toEqual([]);
  });

  it("shows an unlisted list's emails only with the link", async () => {
    await using site = await published(", archive: unlisted");
    expect(await (await fetch(`${site.url}/archive`)).text()).not.toContain("Hello");
    expect((await fetch(`${site.url}/archive/2026~hello`)).status).toBe(404);
    const view = site.here(site.lastMail().recipient.viewUrl);
    expect((await fetch(view)).status).toBe(200);
    expect((await fetch(`${view}x`)).status).toBe(404);
  });

  it("is missing for a list without one, and allows search engines if so configured", async () => {
    await using none = await published(", archive: none");
    expect((await fetch(`${none.url}/archive/2026~hello`)).status).toBe(404);
    expect(none.lastMail().recipient.viewUrl).toBe("https://example.org/blog/hello/");
    await using indexed = await published(", index: true");
    for (const path of ["archive", "archive/2026~hello"])
      expect((await fetch(`${indexed.url}/${path}`)).headers.get("x-robots-tag")).toBeNull();
  });
});
