/** In a real browser: axe-core in light and dark, and nothing wider than a phone. */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import puppeteer, { type Page } from "puppeteer-core";
import type { Finding, Mail } from "./mail.ts";

export const chromium = "/usr/bin/chromium";

type AxeRules = Record<string, { enabled: boolean }>;

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @param rules - of axe-core, switched; default: those about whole pages are off. */
export async function browserGates(
  mails: readonly Pick<Mail, "name" | "html">[],
  rules: AxeRules = mailRules,
): Promise<[string, Finding[] | null][]> {
  const names = ["axe-core, light", "axe-core, dark", "no overflow at 375"];
  if (!existsSync(chromium)) return names.map((name) => [name, null]);
  const browser = await puppeteer.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage();
    // A mail's own script never runs; the judge's has to.
    await page.setRequestInterception(true);
    page.on("request", (request) => void (request.url().startsWith("http") ? request.abort() : request.continue()));
    const found = new Map<string, Finding[]>(names.map((name) => [name, []]));
    for (const { name, html } of mails) {
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        await page.setViewport({ width: 640, height: 900 });
        await page.setContent(html, { waitUntil: "domcontentloaded" });
        for (const text of await violations(page, rules)) found.get(`axe-core, ${scheme}`)?.push({ mail: name, text });
      }
      await page.setViewport({ width: 375, height: 800 });
      const width = await page.evaluate("document.documentElement.scrollWidth");
      if (Number(width) > 375) found.get("no overflow at 375")?.push({ mail: name, text: `${width} px wide` });
    }
    return [...found];
  } finally {
    await browser.close();
  }
}

/** About whole pages: a mail stands inside a page that has its landmarks already. */
const mailRules: AxeRules = { "landmark-one-main": { enabled: false }, region: { enabled: false } };

async function violations(page: Page, rules: AxeRules): Promise<string[]> {
  await page.evaluate(axe);
  const result = (await page.evaluate(`axe.run({ rules: ${JSON.stringify(rules)} })`)) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)} (${nodes.length})`);
}
