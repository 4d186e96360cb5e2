/** What came back: tied to its delivery by what nobody can forge, acted on once, and undone when somebody says so. */

import { expect, it } from "vitest";
import { deliveryKey } from "#core/sending/idempotency.ts";
import { verpAddress } from "#smtp/message/verp.ts";
import { linkSecret } from "#store/database/settings.ts";
import { dsn } from "../smtp/bounces/samples.ts";
import { addReaders, aPost, openTestApp, type TestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

/** Publishes to one reader; returns the key of their delivery and the secret of the installation. */
async function sent(test: TestApp): Promise<{ key: string; secret: string }> {
  await addReaders(test, 1);
  await using _ = await test.app.startWorkers(test.channels, new AbortController().signal);
  await test.publish();
  await test.settled();
  const { rows } = await test.app.database.pool.query<{
    channel: string;
    postId: string;
    recipient: string;
    generation: number;
  }>(`select channel, post_id as "postId", recipient, generation from postrider.delivery where recipient <> ''`);
  if (!rows[0]) throw new Error("nothing was sent");
  return { key: deliveryKey(rows[0]), secret: await linkSecret(test.app.database.pool) };
}

const bounce = (status: string, recipient = "reader0@example.org", extra = "") =>
  Buffer.from(`${extra}${dsn({ recipients: [{ recipient, status, action: "failed" }], returned: "nothing" })}`);

describeOnEveryBackend("A bounce", (open) => {
  it("to a signed return path suppresses at once and only once, even if it names another address", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { key, secret } = await sent(test);
    const path = verpAddress(key, secret, { address: "bounces@example.org" });
    const message = bounce("5.1.1", "moved@example.net", `X-Original-To: ${path}\r\n`);
    const [first] = await test.app.bounces.message(message);
    expect(first?.outcome).toMatchObject({
      effect: "suppressed",
      tie: "return-path",
      delivery: { postId: "hello.md" },
    });
    const [second] = await test.app.bounces.message(message);
    expect(second?.outcome.effect).toBe("known");
    const reader = await test.app.subscribers.find("reader0@example.org");
    expect(reader?.suppressions).toMatchObject([{ reason: "hard-bounce" }]);
    const { rows } = await test.app.database.pool.query(
      "select count(*)::int as n from postrider.event where kind = 'bounce'",
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it("pauses a running campaign when too many of its readers complain", async () => {
    await using backend = await open();
    const probe = openProbe();
    const rule = "subjectTest: { share: 0.5, waitSeconds: 3600 }";
    await using test = await openTestApp(backend, [probe.adapter], { probe: rule });
    await addReaders(test, 60);
    await test.publish(aPost({ subjects: ["One", "Other"] }));
    await using _ = await test.app.startWorkers(test.channels, new AbortController().signal);
    await expect.poll(() => probe.accepted.size, { timeout: 120_000 }).toBeGreaterThan(10);
    const counts = async () => (await test.app.ledger.report())[0]?.channels["probe"];
    await expect.poll(async () => (await counts())?.counts.sending, { timeout: 120_000 }).toBe(0);
    for (const [index, recipient] of [...probe.accepted.keys()].slice(0, 3).entries()) {
      expect((await counts())?.paused).toBeUndefined();
      const report = {
        ...{ kind: "complaint" as const, counts: false, why: "the reader called it spam", source: "arf" },
        ...{ recipient, messageIds: [], returnPaths: [] },
      };
      await test.app.bounces.reports([report], `complaint ${index}`);
    }
    expect((await counts())?.paused?.reason).toContain("3 of the readers who got it complained");
  });

  it("is matched by our Message-ID; by its address alone only where a provider vouches for it", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { key } = await sent(test);
    const byId = bounce("4.2.2", "other@example.net", `References: <${key.slice(0, 32)}@example.org>\r\n`);
    expect((await test.app.bounces.message(byId))[0]?.outcome).toMatchObject({ effect: "counted", tie: "message-id" });
    expect((await test.app.bounces.message(bounce("4.2.2")))[0]?.outcome).toEqual({ effect: "noted", tie: null });
    const report = { kind: "soft" as const, counts: true, why: "the mailbox is full", source: "mailgun" };
    const told = { ...report, recipient: "reader0@example.org", messageIds: [], returnPaths: [] };
    const [byProvider] = await test.app.bounces.reports([told], "mailgun:1");
    expect(byProvider?.outcome).toMatchObject({ tie: "recipient", softBounces: 2 });
  });

  it("about an unknown recipient, or with a forged path, is only recorded", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { key } = await sent(test);
    const forged = verpAddress(key, "not the secret", { address: "bounces@example.org" });
    const [report] = await test.app.bounces.message(bounce("5.1.1", "x@example.net", `X-Original-To: ${forged}\r\n`));
    expect(report?.outcome).toEqual({ effect: "noted", tie: null });
  });

  it("that is soft suppresses after a number of bounces; an operator can undo it, and the count starts again", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { key } = await sent(test);
    const ours = `References: <${key.slice(0, 32)}@example.org>\r\n`;
    const effects = [];
    for (let n = 1; n <= 5; n++)
      effects.push(
        (await test.app.bounces.message(bounce("4.2.2", undefined, `${ours}X-Number: ${n}\r\n`)))[0]?.outcome.effect,
      );
    expect(effects).toEqual(["counted", "counted", "counted", "counted", "suppressed"]);
    expect(
      await test.app.desk.suppressions.lift("reader0@example.org", { reason: "they wrote to us", actor: "test" }),
    ).toBe(1);
    expect((await test.app.subscribers.find("reader0@example.org"))?.suppressions).toEqual([]);
    expect((await test.app.bounces.message(bounce("4.2.2", undefined, ours)))[0]?.outcome).toMatchObject({
      effect: "counted",
      softBounces: 1,
    });
  });

  it("that asks to unsubscribe ends the subscription of the email that it answers, from any address", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { key } = await sent(test);
    const leave = (path: string) =>
      Buffer.from(
        `From: Alias <alias@example.net>\r\nTo: <${path}>\r\nSubject: unsubscribe\r\nMessage-ID: <${path}>\r\n\r\n`,
      );
    const forged = verpAddress(key, "not the secret", { address: "bounces@example.org" }) ?? "";
    expect((await test.app.bounces.message(leave(forged)))[0]?.outcome).toEqual({ effect: "noted", tie: null });
    expect((await test.app.subscribers.find("reader0@example.org"))?.lists).toMatchObject([{ state: "confirmed" }]);
    const signed = verpAddress(key, await linkSecret(test.app.database.pool), { address: "bounces@example.org" }) ?? "";
    expect((await test.app.bounces.message(leave(signed)))[0]?.outcome).toMatchObject({
      effect: "unsubscribed",
      tie: "return-path",
    });
    expect((await test.app.subscribers.find("reader0@example.org"))?.lists).toMatchObject([{ state: "unsubscribed" }]);
    const { rows } = await test.app.database.pool.query("select action, form from postrider.consent");
    expect(rows).toEqual([{ action: "left", form: "mail" }]);
  });

  it("stores no address", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    await sent(test);
    const answer = {
      recipient: "reader0@example.org",
      status: "5.1.1",
      diagnostic: "550 <reader0@example.org> unknown",
    };
    await test.app.bounces.message(Buffer.from(dsn({ recipients: [answer] })));
    const { rows } = await test.app.database.pool.query<{ row: string }>(
      "select b::text as row from postrider.bounce b",
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain("@");
  });

  it("records a provider's report although its text has a NUL, or two million letters", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    await sent(test);
    const about = { ...{ recipient: "reader0@example.org", source: "mailgun" }, messageIds: [], returnPaths: [] };
    const soft = { ...about, kind: "soft" as const, counts: false, why: "the mailbox is full" };
    const begun = performance.now();
    await test.app.bounces.reports([{ ...soft, diagnostic: "452 4.2.2 \0full" }], "1");
    await test.app.bounces.reports([{ ...soft, diagnostic: "x".repeat(2_000_000) }], "2");
    // It took hours.
    expect(performance.now() - begun).toBeLessThan(20_000);
    const { rows } = await test.app.database.pool.query("select diagnostic from postrider.bounce order by id");
    expect(rows).toEqual([{ diagnostic: "452 4.2.2 full" }, { diagnostic: "x".repeat(1_000) }]);
  });
});
