/** The mailbox that bounces come back to, on a real IMAP server: nothing goes from it that the ledger doesn't have. */

import { describe, expect, it } from "vitest";
import { readMailbox } from "#mailbox/read-mailbox.ts";
import { dsn } from "../smtp/bounces/samples.ts";
import { addReaders, openTestApp, type TestApp } from "../support/app.ts";
import { type Backend, openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";
import { hasDovecot, openDovecot } from "../support/servers/dovecot.ts";
import { openPopInPieces } from "../support/servers/pop.ts";

if (process.env["CI"] && !hasDovecot) throw new Error("CI needs dovecot-imapd and dovecot-pop3d on the machine");

const never = new AbortController().signal;
/** The mail that each reader had. */
const keys = new Map<string, string>();
const gone = (recipient: string) =>
  `References: <${keys.get(recipient)?.slice(0, 32)}@example.org>\r\n${dsn({ recipients: [{ recipient, status: "5.1.1", action: "failed" }], returned: "nothing" })}`;
const leaving = (from: string) =>
  `From: ${from}\nTo: news@example.org\nSubject: unsubscribe\nMessage-ID: <${from}>\n\nPlease.\n`;
const letter = "From: Eve <eve@example.net>\nTo: news@example.org\nSubject: A question\n\nWhen is the next one?\n";

/** Three readers who have had a mail, and the mailbox in the configuration. */
async function openSite(backend: Backend, url: string): Promise<TestApp> {
  const more = `bounces: { mailbox: { url: "${url}", everyMinutes: 0.002 } }\n`;
  const probe = openProbe();
  probe.answer = async ({ key, recipient }) => {
    keys.set(recipient.address, key);
    return {};
  };
  const test = await openTestApp(backend, [probe.adapter], {}, {}, {}, more);
  await addReaders(test, 3);
  await using _workers = await test.app.startWorkers(test.channels, never);
  await test.publish();
  await test.settled();
  return test;
}

async function states({ app }: TestApp): Promise<string[]> {
  const found = await Promise.all([0, 1, 2].map((n) => app.subscribers.find(`reader${n}@example.org`)));
  return found.map((reader) => reader?.suppressions[0]?.reason ?? reader?.lists[0]?.state ?? "nobody");
}

describe.skipIf(!hasDovecot)("The mailbox of bounces", () => {
  it("is read by serve: bounces and unsubscribe requests are processed and deleted, other messages are left for people", async () => {
    await using server = await openDovecot();
    await using backend = await openBackend({});
    await using test = await openSite(backend, server.url);
    server.deliver(gone("reader0@example.org"));
    server.deliver(leaving("reader1@example.org"));
    server.deliver(letter);
    server.deliver("\u0000\u0001 no mail at all");
    await using _scheduler = await test.app.startScheduler();
    await expect.poll(() => server.left(), { timeout: 120_000 }).toEqual({ unread: 0, read: 2 });
    expect(await states(test)).toEqual(["hard-bounce", "unsubscribed", "confirmed"]);
    server.deliver(gone("reader2@example.org"));
    await expect.poll(() => states(test), { timeout: 120_000 }).toEqual(["hard-bounce", "unsubscribed", "hard-bounce"]);
    expect(server.left()).toEqual({ unread: 0, read: 2 });
  });

  it("keeps a message until its effect is committed", async () => {
    await using server = await openDovecot();
    await using backend = await openBackend({});
    await using test = await openSite(backend, server.url);
    server.deliver(gone("reader0@example.org"));
    const settings = { url: server.url, folder: "INBOX" };
    await expect(
      readMailbox(
        settings,
        async () => {
          throw new Error("the database is away");
        },
        never,
      ),
    ).rejects.toThrow("the database is away");
    expect(server.left()).toEqual({ unread: 1, read: 0 });
    await test.app.database.pool.query("alter table postrider.bounce rename to away");
    await expect(test.app.bounces.mailbox(never)).rejects.toThrow();
    expect(server.left()).toEqual({ unread: 1, read: 0 });
    await test.app.database.pool.query("alter table postrider.away rename to bounce");
    expect(await test.app.bounces.mailbox(never)).toEqual({ taken: 1, left: 0, more: false });
    expect(server.left()).toEqual({ unread: 0, read: 0 });
    expect((await states(test))[0]).toBe("hard-bounce");
  });

  it("reports a read error without the password", async () => {
    await using server = await openDovecot("right");
    for (const url of [server.url.replace(":right@", ":s3cret@"), "imap://bounces:s3cret@127.0.0.1:1"]) {
      const error = await readMailbox({ url, folder: "INBOX" }, async () => true, never).catch(
        (thrown: Error) => thrown,
      );
      expect(error).toMatchObject({ code: "unavailable", hint: expect.stringContaining("bounces.mailbox") });
      expect(String(error)).not.toContain("s3cret");
    }
    await expect(readMailbox({ url: server.url, folder: "Nowhere" }, async () => true, never)).rejects.toMatchObject({
      code: "unavailable",
    });
  });

  it("is read by POP3, too, which deletes at the end and does not mark messages as read", async () => {
    await using server = await openDovecot();
    await using backend = await openBackend({});
    await using test = await openSite(backend, server.popUrl);
    server.deliver(gone("reader0@example.org"));
    server.deliver(leaving("reader1@example.org"));
    server.deliver(`${letter}\n.a line that begins with a dot\n`);
    server.deliver(
      `${gone("reader2@example.org")}\n${"x".repeat(70)}\n`.padEnd(3 * 1024 * 1024, `${"y".repeat(77)}\n`),
    );
    expect(await test.app.bounces.mailbox(never)).toEqual({ taken: 3, left: 1, more: false });
    expect(await states(test)).toEqual(["hard-bounce", "unsubscribed", "hard-bounce"]);
    expect(server.left()).toEqual({ unread: 0, read: 1 });
    expect(await test.app.bounces.mailbox(never)).toEqual({ taken: 0, left: 0, more: false });
  });

  it("by POP3 loses nothing if the connection is lost before the end: everything is read again and counts once", async () => {
    await using server = await openDovecot();
    const settings = { url: server.popUrl, folder: "INBOX" };
    for (let n = 0; n < 3; n++) server.deliver(gone(`reader${n}@example.org`));
    const breaks = new AbortController();
    let taken = 0;
    const takeTwo = async (): Promise<boolean> => {
      if (++taken === 2) breaks.abort();
      return true;
    };
    await expect(readMailbox(settings, takeTwo, breaks.signal)).rejects.toMatchObject({ code: "unavailable" });
    expect(server.left()).toMatchObject({ unread: 3 });
    expect(await readMailbox(settings, async () => true, never)).toMatchObject({ taken: 3 });
    expect(server.left()).toEqual({ unread: 0, read: 0 });
  });

  it("by POP3 is read completely, for any packet sizes", async () => {
    const message = "Subject: dots\r\n\r\n.one\r\n..two\r\n.\r\nthe end\r\n";
    for (const size of [1, 2, 3, 5, 1_000]) {
      await using server = await openPopInPieces(message, size);
      const got: string[] = [];
      const take = async (source: Uint8Array): Promise<boolean> => got.push(Buffer.from(source).toString()) > 0;
      expect(await readMailbox({ url: server.url, folder: "" }, take, never)).toEqual({
        taken: 1,
        left: 0,
        more: false,
      });
      expect(got).toEqual([message]);
    }
  });

  it("by POP3 reports a read error without the password", async () => {
    await using server = await openDovecot("right");
    for (const url of [server.popUrl.replace(":right@", ":s3cret@"), "pop3://bounces:s3cret@127.0.0.1:1"]) {
      const error = await readMailbox({ url, folder: "" }, async () => true, never).catch((thrown: Error) => thrown);
      expect(error).toMatchObject({ code: "unavailable" });
      expect(String(error)).not.toContain("s3cret");
    }
  });
});
