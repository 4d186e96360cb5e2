/** Leaving, from the mail's own headers: RFC 8058 by a client that has no cookies and reads no pages. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signToken } from "#core/readers/token.ts";
import { addReaders, openTestApp, type TestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const secret = "a secret of this test";

async function open(): Promise<AsyncDisposable & { test: TestApp; url: string; leaveUrl(number?: number): string }> {
  await using opening = new AsyncDisposableStack();
  const backend = opening.use(await openBackend({}));
  const test = opening.use(await openTestApp(backend, [openProbe().adapter], {}, { secret }));
  await addReaders(test, 2);
  const { url } = opening.use(await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 }));
  const { rows } = await test.app.database.pool.query<{ hash: string }>(
    "select hash from postrider.subscriber order by id",
  );
  const opened = opening.move();
  return {
    test,
    url,
    leaveUrl: (number = 0) =>
      test.app.desk
        .links(rows[number]?.hash ?? "", "everyone", "probe")
        .unsubscribeUrl.replace("https://news.example.org", url),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

const states = async ({ app }: TestApp): Promise<string[]> => {
  const { rows } = await app.database.pool.query<{ state: string }>(
    "select state from postrider.subscription order by subscriber_id",
  );
  return rows.map(({ state }) => state);
};
const oneClick = { method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) };

describe("The unsubscribe link", () => {
  it("shows a page and changes nothing on GET", async () => {
    await using opened = await open();
    const response = await fetch(opened.leaveUrl(), { headers: { "accept-language": "de-AT, en;q=0.5" } });
    expect(response.status).toBe(200);
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(response.headers.get("cache-control")).toBe("no-store");
    const page = await response.text();
    expect(page).toContain('lang="de"');
    expect(page).toContain('<form method="post">');
    expect(page).not.toContain("<script");
    expect((await fetch(opened.leaveUrl(), { method: "HEAD" })).status).toBe(200);
    expect(await states(opened.test)).toEqual(["confirmed", "confirmed"]);
  });

  it("ends one subscription at once on POST, in both encodings; a second POST changes nothing", async () => {
    await using opened = await open();
    expect((await fetch(opened.leaveUrl(), oneClick)).status).toBe(200);
    expect(await states(opened.test)).toEqual(["unsubscribed", "confirmed"]);
    const form = new FormData();
    form.set("List-Unsubscribe", "One-Click");
    expect((await fetch(opened.leaveUrl(1), { method: "POST", body: form })).status).toBe(200);
    expect((await fetch(opened.leaveUrl(1), oneClick)).status).toBe(200);
    expect(await states(opened.test)).toEqual(["unsubscribed", "unsubscribed"]);
    const { rows } = await opened.test.app.database.pool.query(
      "select action, form, network from postrider.consent order by id",
    );
    const left = { action: "left", form: "one-click", network: "127.0.0.1" };
    expect(rows).toEqual([left, left]);
  });

  it("does nothing if it is forged, changed, expired or for another purpose", async () => {
    await using opened = await open();
    const good = opened.leaveUrl().split("/").at(-1) ?? "";
    const hash = (JSON.parse(Buffer.from(good.split(".")[0] ?? "", "base64url").toString()) as string[])[0] ?? "";
    const post = async (token: string): Promise<number> =>
      (await fetch(`${opened.url}/unsubscribe/${encodeURIComponent(token)}`, oneClick)).status;
    const wrong = [
      signToken("another secret", "unsubscribe", [hash, "everyone"]),
      signToken(secret, "preferences", [hash, "everyone"]),
      signToken(secret, "view", [hash, "everyone"]),
      signToken(secret, "unsubscribe", [hash, "everyone"], new Date(Date.now() - 1_000)),
      signToken(secret, "unsubscribe", [hash]),
    ];
    for (const token of wrong) expect(await post(token)).toBe(404);
    const altered = fc.tuple(fc.nat(good.length - 2), fc.constantFrom(..."aZ09-_.")).map(([at, letter]) => {
      const token = good.slice(0, at) + letter + good.slice(at + 1);
      return token === good ? `${token}x` : token;
    });
    const anything = fc.string({ minLength: 1, unit: "binary-ascii" }).filter((text) => !/^\.{1,2}$/.test(text));
    const result = await fc.check(
      fc.asyncProperty(fc.oneof(altered, anything), async (token) => (await post(token)) >= 400),
      { numRuns: 100 },
    );
    expect(result.failed, JSON.stringify(result.counterexample)).toBe(false);
    expect(await states(opened.test)).toEqual(["confirmed", "confirmed"]);
  });

  it("that is invalid is answered with a page for a browser and a line of text for a program", async () => {
    await using opened = await open();
    const page = await fetch(`${opened.url}/nothing`, { headers: { accept: "text/html,*/*;q=0.8" } });
    expect(page.status).toBe(404);
    expect(await page.text()).toContain("<h1>Page not found.</h1>");
    expect(await (await fetch(`${opened.url}/nothing`)).text()).toBe("Page not found.\n");
  });
});
