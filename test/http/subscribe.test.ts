/** Joining: nothing before the confirmation, the same answer for every address, and no way to bomb anybody with mail. */

import { describe, expect, it } from "vitest";
import { openReaderSite, type ReaderSite } from "../support/reader-site.ts";

const stateOf = async ({ test }: ReaderSite, address: string): Promise<string | undefined> =>
  (await test.app.subscribers.find(address))?.lists[0]?.state;
const letters = async ({ test }: ReaderSite): Promise<{ kind: string; state: string; wait: number }[]> => {
  const { rows } = await test.app.database.pool.query(
    `select kind, state, extract(epoch from due_at - created_at)::float8 as wait from postrider.letter order by created_at`,
  );
  return rows as { kind: string; state: string; wait: number }[];
};

describe("Subscribing", () => {
  it("sends a confirmation email, then a welcome email, in the reader's language, and records the steps as proof", async () => {
    await using site = await openReaderSite();
    const page = await (await fetch(`${site.url}/subscribe`, { headers: { "accept-language": "fr" } })).text();
    expect(page).toContain("S’abonner à A Blog");
    const answer = await site.post(
      `${site.url}/subscribe`,
      { address: " Ann@Example.org ", name: "Ann", list: "everyone" },
      { "accept-language": "de" },
    );
    expect(answer.status).toBe(200);
    await expect.poll(() => site.mails.length, { timeout: 120_000 }).toBe(1);
    expect(site.lastMail().recipient).toMatchObject({ address: "Ann@Example.org", name: "Ann" });
    expect(site.lastMail().subject).toBe("Bitte bestätigen: A Blog");
    expect(await stateOf(site, "ann@example.org")).toBe("unconfirmed");

    const link = site.here(site.lastMail().recipient.confirmUrl);
    const shown = await fetch(link);
    expect(await shown.text()).toContain("Anmeldung bestätigen");
    expect(await stateOf(site, "ann@example.org")).toBe("unconfirmed");
    for (let times = 0; times < 2; times++) expect((await site.post(link, {})).status).toBe(200);
    expect(await stateOf(site, "ann@example.org")).toBe("confirmed");
    await expect.poll(() => site.mails.length, { timeout: 120_000 }).toBe(2);
    expect(site.lastMail().subject).toBe("Willkommen bei A Blog");

    const { rows } = await site.test.app.database.pool.query(
      "select action, form, network from postrider.consent order by id",
    );
    expect(rows).toEqual([
      { action: "asked", form: "page", network: "127.0.0.1" },
      { action: "confirmed", form: "page", network: "127.0.0.1" },
    ]);
    await expect.poll(async () => (await letters(site)).map(({ state }) => state)).toEqual(["accepted", "accepted"]);
  });

  it("gives the same answer for an address that is unknown, unconfirmed, confirmed, unsubscribed or forgotten", async () => {
    await using site = await openReaderSite("", false);
    const { subscribers } = site.test.app;
    await subscribers.add([{ address: "on@example.org" }, { address: "off@example.org" }], {
      list: "everyone",
      source: "test",
    });
    await subscribers.unsubscribe("off@example.org");
    await subscribers.forget("gone@example.org");
    const answers = new Set<string>();
    for (const address of [
      "new@example.org",
      "new@example.org",
      "on@example.org",
      "off@example.org",
      "gone@example.org",
    ]) {
      const answer = await site.post(`${site.url}/subscribe`, { address, list: "everyone" });
      answers.add(`${answer.status} ${await answer.text()}`);
    }
    expect(answers.size).toBe(1);
    // The new one once, and whoever left or was forgotten and thought better of it.
    expect((await letters(site)).map(({ kind }) => kind)).toEqual(["confirm", "confirm", "confirm"]);
    expect(await stateOf(site, "off@example.org")).toBe("unsubscribed");
    expect(await stateOf(site, "gone@example.org")).toBe("unconfirmed");
  });

  it("subscribes a forgotten person again only after they confirm", async () => {
    await using site = await openReaderSite();
    const { subscribers, ledger } = site.test.app;
    const [channel] = site.test.channels;
    await subscribers.forget("ann@example.org");
    await site.post(`${site.url}/subscribe`, { address: "ann@example.org", list: "everyone" });
    await expect.poll(() => site.mails.length, { timeout: 120_000 }).toBe(1);
    expect(await subscribers.find("ann@example.org")).toMatchObject({
      lists: [{ state: "unconfirmed" }],
      suppressions: [{ reason: "forgotten" }],
    });
    const answer = await site.post(site.here(site.lastMail().recipient.confirmUrl), {});
    expect(answer.status).toBe(200);
    expect(await subscribers.find("ann@example.org")).toMatchObject({
      lists: [{ state: "confirmed" }],
      suppressions: [],
    });
    expect(channel && (await ledger.audienceOf(channel))).toEqual({ pending: 1, suppressed: 0 });
    await expect.poll(() => site.mails.length, { timeout: 120_000 }).toBe(2);
  });

  it("sends an address one email an hour, even for many simultaneous requests", async () => {
    await using site = await openReaderSite("", false);
    const asking = Array.from({ length: 8 }, () =>
      site.post(`${site.url}/subscribe`, { address: "ann@example.org", list: "everyone" }),
    );
    await Promise.all(asking);
    expect(await letters(site)).toHaveLength(1);
    await site.test.app.database.pool.query("update postrider.letter set created_at = now() - interval '61 minutes'");
    await site.post(`${site.url}/subscribe`, { address: "ann@example.org", list: "everyone" });
    expect(await letters(site)).toHaveLength(2);
  });

  it("delays the emails of a network that sends many requests, and then refuses its requests", async () => {
    await using site = await openReaderSite("", false);
    const statuses: number[] = [];
    for (let person = 0; person < 22; person++) {
      const address = `victim${person}@example.org`;
      statuses.push((await site.post(`${site.url}/subscribe`, { address, list: "everyone" })).status);
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    const waits = (await letters(site)).map(({ wait }) => Math.round(wait));
    expect(waits.slice(0, 5)).toEqual([0, 0, 0, 20, 40]);
    expect(Math.max(...waits)).toBeGreaterThanOrEqual(320);
  });

  it("does nothing for a robot that fills in every field, and shows errors to a person", async () => {
    await using site = await openReaderSite("", false);
    const trapped = await site.post(`${site.url}/subscribe`, {
      address: "bot@example.org",
      list: "everyone",
      website: "https://spam.example",
    });
    expect(trapped.status).toBe(200);
    expect(await letters(site)).toHaveLength(0);
    const wrong = await site.post(`${site.url}/subscribe`, { address: '"><script>@x', list: "everyone" });
    expect(wrong.status).toBe(422);
    const page = await wrong.text();
    expect(page).toContain('role="alert"');
    expect(page).toContain("&quot;&gt;&lt;script&gt;@x");
    expect(page).not.toContain("<script");
  });

  it("accepts a request from another site's script, and answers in JSON", async () => {
    await using site = await openReaderSite("", false);
    const ask = (body: string): Promise<Response> =>
      fetch(`${site.url}/subscribe`, { method: "POST", headers: { "content-type": "application/json" }, body });
    const good = await ask(JSON.stringify({ email: "ann@example.org", list: "everyone" }));
    expect(good.status).toBe(202);
    expect(good.headers.get("access-control-allow-origin")).toBe("*");
    expect(await good.json()).toEqual({ status: "asked" });
    expect((await ask(JSON.stringify({ email: "ann" }))).status).toBe(422);
    expect((await ask("{")).status).toBe(400);
    expect((await ask(JSON.stringify({ address: "bo@example.org", lists: ["nowhere"] }))).status).toBe(422);
    expect((await ask(JSON.stringify({ address: "ann@example.org", lists: ["everyone"] }))).status).toBe(202);
    expect(await letters(site)).toHaveLength(1);
  });

  it("ignores an old confirmation of somebody who has unsubscribed since", async () => {
    await using site = await openReaderSite();
    await site.post(`${site.url}/subscribe`, { address: "ann@example.org", list: "everyone" });
    await expect.poll(() => site.mails.length, { timeout: 120_000 }).toBe(1);
    const { confirmUrl, unsubscribeUrl } = site.lastMail().recipient;
    await site.post(site.here(confirmUrl), {});
    await site.post(site.here(unsubscribeUrl), { "List-Unsubscribe": "One-Click" });
    expect((await site.post(site.here(confirmUrl), {})).status).toBe(404);
    expect(await stateOf(site, "ann@example.org")).toBe("unsubscribed");
  });

  it("sends an email whose job was lost, but never one that a dead worker may have sent", async () => {
    await using site = await openReaderSite("", false);
    for (const address of ["lost@example.org", "dead@example.org"])
      await site.post(`${site.url}/subscribe`, { address, list: "everyone" });
    const { pool } = site.test.app.database;
    await pool.query(
      `update postrider.letter set state = 'sending', updated_at = now() - interval '20 minutes'
       where subscriber_id = (select id from postrider.subscriber where normalized = 'dead@example.org')`,
    );
    await using _workers = await site.test.app.startWorkers(site.test.channels, new AbortController().signal);
    await expect
      .poll(async () => (await letters(site)).map(({ state }) => state).sort(), { timeout: 120_000 })
      .toEqual(["accepted", "uncertain"]);
    expect(site.mails.map(({ recipient }) => recipient.address)).toEqual(["lost@example.org"]);
  });

  it("suppresses an address that reports the confirmation email as spam", async () => {
    await using site = await openReaderSite();
    const ask = () => site.post(`${site.url}/subscribe`, { address: "victim@example.org", list: "everyone" });
    await ask();
    await expect.poll(() => site.mails.length, { timeout: 120_000 }).toBe(1);
    await expect.poll(async () => (await letters(site))[0]?.state).toBe("accepted");
    const complaint = {
      ...{ kind: "complaint" as const, counts: false, why: "the reader called it spam", source: "arf" },
      ...{ messageIds: [`${site.mails[0]?.key.slice(0, 32)}@example.org`], returnPaths: [] },
    };
    const [recorded] = await site.test.app.bounces.reports([complaint], "a complaint");
    expect(recorded?.outcome).toEqual({ effect: "suppressed", tie: "message-id" });
    expect((await site.test.app.subscribers.find("victim@example.org"))?.suppressions).toMatchObject([
      { reason: "complaint" },
    ]);
    await site.test.app.database.pool.query("update postrider.letter set created_at = now() - interval '2 hours'");
    await ask();
    expect(await letters(site)).toHaveLength(1);
  });
});
