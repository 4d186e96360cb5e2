/** A reader's whole way, in a real browser without JavaScript and through a real conversation with a relay. */

import { existsSync } from "node:fs";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { expect, it } from "vitest";
import smtp from "#adapters/smtp.ts";
import { chromium } from "../gates/browser.ts";
import { addReaders, aPost, openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";
import { openSink } from "../support/sink.ts";

const patient = { timeout: 120_000 };

/** Headers unfolded, the text part's line breaks taken back. */
function readMail(source: string): { header(name: string): string; link(path: string): string } {
  const end = source.indexOf("\r\n\r\n");
  const headers = source.slice(0, end).replace(/\r\n[ \t]+/g, " ");
  const body = source.slice(end).replace(/=\r\n/g, "").replace(/=3D/g, "=");
  return {
    header: (name) => new RegExp(`^${name}: (.*)$`, "im").exec(headers)?.[1]?.trim() ?? "",
    link: (path) => new RegExp(`https://news\\.example\\.org(/${path}/[\\w.-]+)`).exec(body)?.[1] ?? `no ${path}`,
  };
}

it.skipIf(!existsSync(chromium))(
  "subscribes, confirms, receives, chooses, and unsubscribes with one click; nothing is sent after that",
  async () => {
    await using sink = await openSink();
    await using backend = await openBackend({});
    await using test = await openTestApp(backend, [smtp], { smtp: `url: "${sink.url}"` });
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
    await using browser = await openBrowser();
    const { page } = browser;
    const reader = "ann@example.org";
    const got = (): number => sink.accepted.get(reader) ?? 0;
    const press = async (selector: string): Promise<void> => {
      await Promise.all([page.waitForNavigation(), page.click(selector)]);
    };
    const title = (): Promise<string | undefined> => page.$eval("h1", (heading) => heading.textContent);

    await page.goto(`${server.url}/subscribe`);
    await page.type("#address", reader);
    await page.type("#name", "Ann");
    await press("button[type=submit]");
    expect(await title()).toBe("Check your inbox");
    await expect.poll(got, patient).toBe(1);
    await test.publish(aPost({ id: "before.md", url: "https://example.org/blog/before/" }));
    await test.settled("before.md");
    expect(got()).toBe(1);

    await page.goto(server.url + readMail(sink.lastMail()).link("confirm"));
    await press("button[type=submit]");
    expect(await title()).toBe("Welcome");
    await expect.poll(got, patient).toBe(2);
    await test.publish();
    await test.settled();
    expect(got()).toBe(3);

    const mail = readMail(sink.lastMail());
    await page.goto(server.url + mail.link("preferences"));
    expect(await page.$eval("main", (main) => main.textContent)).toContain("a•••@example.org");
    expect(await page.content()).not.toContain(reader);
    // The mail may have been forwarded: no name is shown, and what isn't shown is kept.
    expect(await page.$eval("#name", (field) => (field as { value?: string }).value)).toBe("");
    await page.select("#language", "de");
    await page.select("select[name='frequency:everyone']", "monthly");
    await press("button[value=save]");
    expect(await title()).toBe("Ihre Einstellungen");
    expect(await page.$eval("select[name='frequency:everyone']", (select) => select.value)).toBe("monthly");

    expect(await test.app.subscribers.find(reader)).toMatchObject({ name: "Ann", language: "de" });

    // As a mailbox provider does it (RFC 8058 §3.1): from the headers, without a cookie, without following anything.
    expect(mail.header("List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
    const oneClick = /<https:\/\/news\.example\.org([^>]+)>/.exec(mail.header("List-Unsubscribe"))?.[1] ?? "";
    expect(mail.header("List-Unsubscribe")).toContain("<mailto:");
    const answer = await fetch(server.url + oneClick, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: mail.header("List-Unsubscribe-Post"),
      redirect: "error",
    });
    expect(answer.status).toBe(200);
    await test.publish(aPost({ id: "after.md", url: "https://example.org/blog/after/" }));
    await test.settled("after.md");
    expect(got()).toBe(3);
  },
  120_000,
);

it.skipIf(!existsSync(chromium))(
  "lets readers see and erase all their data with a link that is only sent to their mailbox",
  async () => {
    await using sink = await openSink();
    await using backend = await openBackend({});
    await using test = await openTestApp(backend, [smtp], { smtp: `url: "${sink.url}"` });
    await addReaders(test, 1);
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
    await using browser = await openBrowser();
    const { page } = browser;
    await test.publish();
    await test.settled();
    const forwarded = server.url + readMail(sink.lastMail()).link("preferences");
    const ask = (url: string, wish: Record<string, string>): Promise<Response> =>
      fetch(url, { method: "POST", body: new URLSearchParams(wish) });

    // Whoever was forwarded the mail gets nothing out of it.
    for (const wish of [{ do: "download" }, { do: "forget", sure: "yes" }])
      expect(await (await ask(forwarded, wish)).text()).not.toContain("reader0@example.org");
    await page.goto(forwarded);
    await Promise.all([page.waitForNavigation(), page.click("button[value=ask-for-data]")]);
    await expect.poll(() => sink.accepted.get("reader0@example.org"), patient).toBe(2);

    const proved = server.url + readMail(sink.lastMail()).link("preferences");
    expect(await (await ask(proved, { do: "download" })).json()).toMatchObject({
      address: "reader0@example.org",
      subscriptions: [{ list: "everyone", state: "confirmed", source: "test" }],
      mails: [{ post: "hello.md", state: "accepted" }],
    });
    await page.goto(proved);
    await page.click("#sure");
    await Promise.all([page.waitForNavigation(), page.click("button[value=forget]")]);
    expect(await page.$eval("h1", (heading) => heading.textContent)).toBe("Your data is erased");
    expect(await test.app.subscribers.find("reader0@example.org")).toMatchObject({
      address: "",
      suppressions: [{ reason: "forgotten" }],
    });
    expect((await fetch(proved)).status).toBe(404);
  },
  120_000,
);

it("sends nothing to people who unsubscribed before their email was claimed", async () => {
  await using backend = await openBackend({});
  const probe = openProbe();
  const { answer } = probe;
  probe.answer = async (envelope, signal) => {
    await new Promise((resolve) => setTimeout(resolve, 15));
    return answer(envelope, signal);
  };
  await using test = await openTestApp(backend, [probe.adapter]);
  await addReaders(test, 300);
  await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
  const { pool } = test.app.database;
  const { rows } = await pool.query<{ hash: string; address: string }>(
    "select hash, address from postrider.subscriber order by md5(hash)",
  );
  await test.publish();
  await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
  await expect.poll(() => probe.accepted.size, patient).toBeGreaterThan(5);
  const answeredAt = new Map<string, Date>();
  for (const { hash, address } of rows.slice(0, 120)) {
    const link = test.app.desk
      .links(hash, "everyone", "probe")
      .unsubscribeUrl.replace("https://news.example.org", server.url);
    await fetch(link, { method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) });
    const now = await pool.query<{ now: Date }>("select clock_timestamp() as now");
    answeredAt.set(address, now.rows[0]?.now ?? new Date(0));
  }
  const { channels } = await test.settled();
  const claims = await pool.query<{ address: string; intentAt: Date | null; state: string }>(
    `select s.address, d.intent_at as "intentAt", d.state from postrider.delivery d join postrider.subscriber s on s.hash = d.recipient`,
  );
  const left = claims.rows.filter(({ address }) => answeredAt.has(address));
  const late = left.filter(({ address, intentAt }) => intentAt && intentAt > (answeredAt.get(address) ?? 0));
  expect(late).toEqual([]);
  for (const { address, intentAt } of left) expect(probe.accepted.get(address) ?? 0).toBe(intentAt ? 1 : 0);
  // Both sides of the race were run.
  const suppressed = left.filter(({ state }) => state === "suppressed").length;
  expect(suppressed).toBeGreaterThan(0);
  expect(channels["probe"]?.counts.accepted).toBe(300 - suppressed);
}, 120_000);

async function openBrowser(): Promise<AsyncDisposable & { page: Page }> {
  const browser: Browser = await puppeteer.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  return { page, [Symbol.asyncDispose]: () => browser.close() };
}
