/** The way of publishing, in a real browser with and without JavaScript, with a real relay. */

import { existsSync } from "node:fs";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { beforeAll, describe, expect, it } from "vitest";
import { chromium } from "../../gates/browser.ts";
import { type ConsoleSite, openConsoleSite } from "../../support/console.ts";

const patient = { timeout: 60_000 };

describe.skipIf(!existsSync(chromium))("The way of publishing", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
    return () => browser.close();
  });

  const openPage = async (site: ConsoleSite, withScripts: boolean) => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    await page.setJavaScriptEnabled(withScripts);
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`${message.text()} ${message.location().url}`);
    });
    const press = async (selector: string): Promise<void> => {
      await Promise.all([page.waitForNavigation(), page.click(selector)]);
    };
    await page.goto(await site.linkFor("ada", "admin"));
    await press("button.main");
    return { page, press, errors, textOf: () => textOf(page) };
  };

  for (const withScripts of [true, false])
    it(`ends with emails in inboxes, ${withScripts ? "with" : "without"} JavaScript`, async () => {
      await using site = await openConsoleSite();
      const people = ["ann", "bob"].map((name) => ({ address: `${name}@example.org` }));
      await site.app.subscribers.add(people, { list: "everyone", source: "test" });
      const { page, press, errors, textOf } = await openPage(site, withScripts);
      const got = (name: string) => site.sink.accepted.get(`${name}@example.org`) ?? 0;

      await press('nav a[href="/console/posts"]');
      await press("tbody a");
      expect(await page.$eval("h1", (title) => title.textContent)).toBe("Hello");
      await page.type("input[name=to]", "test@example.org");
      await press('form[action$="/test"] button');
      expect(await textOf()).toContain("accepted test@example.org");
      expect(got("test")).toBe(1);

      await press('a[href$="/publish"]');
      const plan = await textOf();
      expect(plan).toContain("email it to 2 readers (newsletter), and publish it on feed, social");
      expect([got("ann"), got("bob")]).toEqual([0, 0]);
      await press('form[action$="/execution"] button.main');
      await expect.poll(() => [got("ann"), got("bob")], patient).toEqual([1, 1]);
      const finished = async (): Promise<string> => {
        if (!withScripts) await page.reload();
        return textOf();
      };
      await expect.poll(finished, patient).toMatch(/newsletter\s*2 accepted/);
      expect(errors).toEqual([]);

      // It has gone out: the same way offers nothing more to send.
      await page.goto(`${site.url}/console/posts/hello.md/publish`);
      expect(await textOf()).toContain("Nothing would be sent");
    });

  it("refuses a plan when the world has moved, and shows the difference", async () => {
    await using site = await openConsoleSite();
    await site.app.subscribers.add([{ address: "ann@example.org" }], { list: "everyone", source: "test" });
    const { page, press, textOf } = await openPage(site, true);
    await page.goto(`${site.url}/console/posts/hello.md/publish`);
    await site.app.subscribers.add([{ address: "late@example.org" }], { list: "everyone", source: "test" });
    await press('form[action$="/execution"] button.main');
    const words = await textOf();
    expect(words).toContain("What is different now");
    expect(words).toMatch(/audience\.recipients\s*1\s*2/);
    expect(site.sink.accepted.size).toBe(0);
    await press("main a");
    expect(await textOf()).toContain("email it to 2 readers");
  });
});

async function textOf(page: Page): Promise<string> {
  return page.$eval("main", (main) => main.textContent ?? "");
}
