/** The readers' pages before judges that nobody here wrote: axe-core in light and dark, a phone's width, an HTML validator. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Preferences, ReaderPage } from "#core/readers/reader.ts";
import { packageDir } from "#files/package.ts";
import { openReaderPages } from "#render/pages/pages.ts";
import { browserGates, chromium } from "../gates/browser.ts";
import { htmlGate } from "../gates/html.ts";
import { site } from "./support.ts";

const preferences: Preferences = {
  address: "a.reader.with.a.very.long.address.indeed@a-very-long-domain-name.example.org",
  name: "Ann Reader",
  lists: [
    {
      name: "weekly",
      title: "The weekly letter of a rather long-winded observatory",
      subscribed: true,
      frequency: "monthly",
    },
    { name: "news", title: "News", subscribed: false, frequency: "each" },
  ],
};
const shownAddress = "a•••@a-very-long-domain-name.example.org";
const lists = preferences.lists.map(({ name, title }) => ({ name, title, chosen: name === "news" }));
const pages: Record<string, ReaderPage> = {
  "invalid link": { kind: "invalid-link" },
  "too many": { kind: "too-many" },
  unsubscribe: { kind: "unsubscribe", list: "News" },
  unsubscribed: { kind: "unsubscribed", list: "News", subscribeUrl: "../subscribe" },
  subscribe: { kind: "subscribe", lists: lists.slice(1) },
  "subscribe, wrong": {
    kind: "subscribe",
    lists,
    filled: { address: "ann@", name: "" },
    problems: ["address", "lists"],
  },
  asked: { kind: "asked" },
  confirm: { kind: "confirm", list: "News" },
  confirmed: { kind: "confirmed", list: "News", preferencesUrl: "../preferences/x" },
  preferences: { kind: "preferences", preferences, shownAddress, tracked: ["News"], proved: false, said: "saved" },
  data: {
    kind: "preferences",
    preferences,
    shownAddress: preferences.address,
    tracked: [],
    proved: true,
    problems: ["forget"],
  },
  "data sent": { kind: "data-sent" },
  forgotten: { kind: "forgotten" },
  archive: {
    kind: "archive",
    editions: [{ title: "Hello", language: "en", url: "archive/hello", sentAt: new Date("2026-01-05T09:00:00Z") }],
  },
  front: {
    kind: "front",
    lists,
    editions: [{ title: "Hello", language: "en", url: "archive/hello", sentAt: new Date("2026-01-05T09:00:00Z") }],
    feeds: [
      { url: "https://news.example.org/feed.xml", format: "rss" },
      { url: "https://news.example.org/feed.json", format: "json" },
    ],
  },
  "front of a site without lists": { kind: "front", lists: [], editions: [], feeds: [] },
  "empty archive": { kind: "archive", editions: [] },
  "not found": { kind: "not-found" },
};
const longOnes = ["front", "subscribe, wrong", "preferences", "data"];
const open = () => openReaderPages(join(packageDir, "templates"), site);

async function rendered(): Promise<{ name: string; html: string }[]> {
  const maker = await open();
  return Object.entries(pages).flatMap(([name, page]) =>
    (longOnes.includes(name) ? ["en", "de", "fr", "es", "ja", "ar"] : ["en", "ar"]).map((language) => ({
      name: `${name}, ${language}`,
      html: maker.render(page, [language]),
    })),
  );
}

describe("The readers' pages", () => {
  it.skipIf(!existsSync(chromium))(
    "have no violation that axe-core finds, in light and dark, and fit on a phone",
    async () => {
      const found = await browserGates(await rendered(), { rules: {} });
      for (const [gate, findings] of found) expect(findings, gate).toEqual([]);
    },
    240_000,
  );

  it("are valid HTML, without scripts and external resources", async () => {
    const all = await rendered();
    expect(await htmlGate(all.map((page) => ({ ...page, file: "", shown: page.html, text: "" })))).toEqual([]);
    for (const { html } of all)
      expect(html).not.toMatch(/<script|<img|<link (?!rel="alternate")|<iframe|@import|url\(|\son\w+=/i);
  });

  it("are in the first of the reader's languages that exists, or else in the site's", async () => {
    const maker = await open();
    expect(maker.render({ kind: "asked" }, ["nl", "fr-CA", "de"])).toContain('<html lang="fr" dir="ltr">');
    expect(maker.render({ kind: "asked" }, ["ar"])).toContain('<html lang="ar" dir="rtl">');
    expect(maker.render({ kind: "asked" }, ["nl"])).toContain(`<html lang="${site.language}"`);
  });

  it("show people's input as text", async () => {
    const maker = await open();
    const result = fc.check(
      fc.property(fc.string({ unit: fc.constantFrom(..."<>\"'&=/ x") }), (typed) => {
        const html = maker.render(
          { kind: "subscribe", lists, filled: { address: typed, name: typed }, problems: ["address"] },
          ["en"],
        );
        const bare = maker.render(
          { kind: "subscribe", lists, filled: { address: "", name: "" }, problems: ["address"] },
          ["en"],
        );
        // Not a tag, not an attribute more.
        return (
          tags(html).length === tags(bare).length && (html.match(/"/g) ?? []).length === (bare.match(/"/g) ?? []).length
        );
      }),
    );
    expect(result.failed, JSON.stringify(result.counterexample)).toBe(false);
  });
});

function tags(html: string): string[] {
  return html.match(/</g) ?? [];
}
