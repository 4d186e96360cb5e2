/** Every page of the console in a real browser: markup, accessibility in light and dark, width, weight and layout. */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { beforeAll, describe, expect, it } from "vitest";
import { chromium } from "../../gates/browser.ts";
import { htmlGate } from "../../gates/html.ts";
import { consolePages } from "../../support/console-pages.ts";
import { openSampleSite, type SampleSite } from "../../support/sample-site.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const mostBytes = 60 * 1024;

describe.skipIf(!existsSync(chromium))("Every page of the console", () => {
  let site: SampleSite;
  let browser: Browser;
  let page: Page;
  let pages: [string, string][];

  beforeAll(async () => {
    site = await openSampleSite(60);
    browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
    page = await browser.newPage();
    // The judge's script may run beside the page's policy.
    await page.setBypassCSP(true);
    await page.goto(await site.linkFor("ada", "admin"));
    await Promise.all([page.waitForNavigation(), page.click("button.main")]);
    pages = Object.entries(consolePages(site));
    return async () => {
      await browser.close();
      await site[Symbol.asyncDispose]();
    };
  });

  it("is valid, accessible in light and dark, and as wide as the screen", async () => {
    const found: string[] = [];
    for (const [name, path] of pages) {
      const answer = await page.goto(site.url + path, { waitUntil: "domcontentloaded" });
      const html = (await answer?.text()) ?? "";
      if (answer?.status() !== 200) found.push(`${name}: status ${answer?.status()}`);
      found.push(...(await htmlGate([{ name, html } as never])).map(({ mail, text }) => `${mail}: ${text}`));
      await page.evaluate(axe);
      for (const scheme of ["light", "dark"]) {
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        for (const width of [375, 1280]) {
          await page.setViewport({ width, height: 900 });
          const problems = await violations(page);
          found.push(...problems.map((problem) => `${name}, ${scheme}, ${width}: ${problem}`));
          const wide = Number(await page.evaluate("document.documentElement.scrollWidth"));
          if (wide > width) found.push(`${name}: ${wide} px wide on ${width}`);
        }
      }
    }
    expect(found).toEqual([]);
  });

  it("weighs less than 60 KB without previews, and does not move while it loads", async () => {
    const heavy: string[] = [];
    for (const [name, path] of pages) {
      let bytes = 0;
      const add = async (response: { buffer(): Promise<Buffer>; url(): string }): Promise<void> => {
        if (/\/preview\/|\/events$/.test(response.url())) return;
        bytes += (await response.buffer().catch(() => Buffer.alloc(0))).length;
      };
      await page.setCacheEnabled(false);
      page.on("response", add);
      await page.goto(site.url + path, { waitUntil: "load" });
      page.off("response", add);
      const shift = Number(await page.evaluate(layoutShift));
      if (bytes > mostBytes) heavy.push(`${name}: ${bytes} bytes`);
      if (shift > 0.01) heavy.push(`${name}: moves by ${shift}`);
    }
    expect(heavy).toEqual([]);
  });
});

const layoutShift = `new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 50);
})`;

async function violations(page: Page): Promise<string[]> {
  const result = (await page.evaluate("axe.run({ iframes: false })")) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)} (${nodes.length})`);
}
