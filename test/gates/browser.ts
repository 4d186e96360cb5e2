/** In a real browser: axe-core in light and dark, and nothing wider than a phone. */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import puppeteer, { type Page } from "puppeteer-core";
import type { Finding, Mail } from "./mail.ts";

export const chromium = "/usr/bin/chromium";

type AxeRules = Record<string, { enabled: boolean }>;

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @param options - the page's width must hold without its style sheets, too; axe-core's rules, by default for mails */
export async function browserGates(
  mails: readonly (Pick<Mail, "name" | "html"> & Partial<Pick<Mail, "shown">>)[],
  { stripped = false, rules = mailRules }: { stripped?: boolean; rules?: AxeRules } = {},
): Promise<[string, Finding[] | null][]> {
  const widths = stripped ? [...phone, ...phone.map((each) => ({ ...each, stripped: true }))] : phone;
  const titled = widths.map((each) => ({ ...each, name: widthName(each) }));
  const names = ["axe-core, light", "axe-core, dark", ...titled.map(({ name }) => name)];
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
    for (const { name, html, shown = html } of mails) {
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        await page.setViewport({ width: 640, height: 900 });
        await page.setContent(shown, { waitUntil: "load" });
        for (const text of await violations(page, rules)) found.get(`axe-core, ${scheme}`)?.push({ mail: name, text });
      }
      for (const { name: gate, width, stripped: bare } of titled) {
        await page.setViewport({ width, height: 800 });
        await page.setContent(bare ? withoutStyles(shown) : shown, { waitUntil: "load" });
        const wide = Number(await page.evaluate("document.documentElement.scrollWidth"));
        if (wide > width) found.get(gate)?.push({ mail: name, text: `${wide} px wide` });
      }
    }
    return [...found];
  } finally {
    await browser.close();
  }
}

interface Width {
  width: number;
  stripped: boolean;
}

const phone: readonly Width[] = [375, 640].map((width) => ({ width, stripped: false }));

function widthName({ width, stripped }: Width): string {
  return `no overflow at ${width}${stripped ? ", styles stripped" : ""}`;
}

/** As Gmail shows a forwarded mail. */
function withoutStyles(html: string): string {
  return html.replace(/<style[^>]*>[\s\S]*?<\/style>/g, "");
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
