/** Takes pictures of the console and of the pages for readers: `node --conditions=source test/support/console-pictures.ts [folder] [name…]`. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { chromium } from "../gates/browser.ts";
import { consolePages } from "./console-pages.ts";
import { openSampleSite } from "./sample-site.ts";

const [folder = "docs/images/console", ...names] = process.argv.slice(2);
/** All widths and schemes, to look at; the documentation has one picture of each page. */
const isAll = process.env["ALL"] === "1";

await using site = await openSampleSite(1_200);
mkdirSync(folder, { recursive: true });
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage();
  await page.goto(await site.linkFor("ada", "admin"));
  await Promise.all([page.waitForNavigation(), page.click("button.main")]);
  const wanted = Object.entries(consolePages(site)).filter(([name]) => names.length === 0 || names.includes(name));
  for (const scheme of isAll ? ["light", "dark"] : ["light"])
    for (const width of isAll ? [375, 1280] : [1280]) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.setViewport({ width, height: 800 });
      for (const [name, path] of wanted) {
        await page.goto(site.url + path, { waitUntil: "load" });
        await new Promise((resolve) => setTimeout(resolve, 300));
        const file = join(folder, isAll ? `${name}-${width}-${scheme}.png` : `${name}.png`) as `${string}.png`;
        await page.screenshot({ path: file, fullPage: isAll });
      }
    }
} finally {
  await browser.close();
}
