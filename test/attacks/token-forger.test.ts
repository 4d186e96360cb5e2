/** Somebody who makes links of their own, uses those of others for something else, or keeps old ones. */

import { describe, expect, it } from "vitest";
import { signToken, type TokenScope } from "#core/readers/token.ts";
import { openReaderSite, type ReaderSite, secret } from "../support/reader-site.ts";

const scopes: TokenScope[] = ["unsubscribe", "preferences", "data", "confirm", "view", "seen", "click", "review"];
/** The scopes that each path takes. */
const paths: Record<string, readonly TokenScope[]> = {
  unsubscribe: ["unsubscribe"],
  preferences: ["preferences", "data"],
  confirm: ["confirm"],
  archive: ["view"],
  "click/nobody": ["click"],
  reviews: ["review"],
};

async function openWithReader(): Promise<ReaderSite & { hash: string }> {
  const site = await openReaderSite();
  await site.test.app.subscribers.add([{ address: "ann@example.org" }], { list: "everyone", source: "test" });
  const { rows } = await site.test.app.database.pool.query<{ hash: string }>("select hash from postrider.subscriber");
  return Object.assign(site, { hash: rows[0]?.hash ?? "" });
}

async function whatIsKnown({ test }: ReaderSite): Promise<unknown> {
  const { rows } = await test.app.database.pool.query(
    "select s.address, b.state, (select count(*)::int from postrider.consent) as said, (select count(*)::int from postrider.letter) as letters from postrider.subscriber s join postrider.subscription b on b.subscriber_id = s.id",
  );
  return rows;
}

describe("A link", () => {
  it("of another secret, for something else, expired or altered opens nothing and changes nothing", async () => {
    await using site = await openWithReader();
    const before = await whatIsKnown(site);
    const parts = [site.hash, "everyone"];
    const past = new Date(Date.now() - 1_000);
    for (const [path, taken] of Object.entries(paths)) {
      const forged = [
        ...scopes.filter((scope) => !taken.includes(scope)).map((scope) => signToken(secret, scope, parts)),
        ...taken.flatMap((scope) => {
          const good = signToken(secret, scope, parts);
          const [payload = "", mark = ""] = good.split(".");
          const later = signToken(secret, scope, parts, past).replace(/\.[^.]+\./, ".zzzzzz.");
          const somebodyElse = `${site.hash.startsWith("f") ? "0" : "f"}${site.hash.slice(1)}`;
          const other = Buffer.from(JSON.stringify([somebodyElse, "everyone"])).toString("base64url");
          return [
            signToken("another secret", scope, parts),
            signToken("", scope, parts),
            ...(scope === "view" || scope === "click" || scope === "review"
              ? []
              : [signToken(secret, scope, parts, past), later]),
            `${other}.${mark}`,
            `${payload}.`,
            payload,
            `${payload}.${"A".repeat(mark.length)}`,
          ];
        }),
      ];
      for (const token of forged)
        for (const method of ["GET", "POST"]) {
          const body = new URLSearchParams({ do: "forget", sure: "yes", decision: "approved" });
          const answer = await fetch(`${site.url}/${path}/${token}`, {
            ...{ method, redirect: "manual" as const },
            ...(method === "POST" && { body }),
          });
          expect(answer.status, `${method} /${path}/${token}`).toBe(404);
        }
    }
    expect(await whatIsKnown(site)).toEqual(before);
  });

  it("that comes with every mail shows no address, and neither gives away nor erases what is known", async () => {
    await using site = await openWithReader();
    const before = await whatIsKnown(site);
    const forwarded = `${site.url}/preferences/${signToken(secret, "preferences", [site.hash, "everyone"])}`;
    expect(await (await fetch(forwarded)).text()).not.toContain("ann@example.org");
    for (const act of ["download", "forget"]) {
      const answer = await site.post(forwarded, { do: act, sure: "yes" });
      expect(answer.headers.get("content-type")).toContain("text/html");
      expect(await answer.text()).not.toContain("ann@example.org");
    }
    expect(await whatIsKnown(site)).toEqual(before);
  });

  it("that confirms counts once, and not after its time", async () => {
    await using site = await openReaderSite();
    await site.post(`${site.url}/subscribe`, { address: "ann@example.org", list: "everyone" });
    await expect.poll(() => site.mails.length, { timeout: 120_000 }).toBe(1);
    const link = site.here(site.lastMail().recipient.confirmUrl);
    const [, token = ""] = /\/confirm\/(.+)$/.exec(link) ?? [];
    const [payload = "", , mark = ""] = token.split(".");
    // The same without the time that it is good for.
    expect((await site.post(`${site.url}/confirm/${payload}.${mark}`, {})).status).toBe(404);
    const statuses = await Promise.all(Array.from({ length: 5 }, () => site.post(link, {})));
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await whatIsKnown(site)).toMatchObject([{ state: "confirmed", said: 2 }]);
  });
});
