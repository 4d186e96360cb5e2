/** Somebody who knows a reader's address, or had a mail of ours, and writes bounces and complaints to get others off the list. */

import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import type { Envelope } from "#core/adapter.ts";
import { readVerp, verpAddress } from "#smtp/message/verp.ts";
import { dsn } from "../smtp/bounces/samples.ts";
import { addReaders, openTestApp, type TestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const secret = "a secret of this test";
const bounces = { address: "bounces@example.org" };

/** Three readers who have had a mail each, in order. */
async function openMailed(): Promise<AsyncDisposable & { test: TestApp; mails: Envelope<"email">[] }> {
  await using opening = new AsyncDisposableStack();
  const probe = openProbe();
  const mails: Envelope<"email">[] = [];
  probe.answer = async (envelope) => {
    mails.push(envelope);
    return {};
  };
  const backend = opening.use(await openBackend({}));
  const test = opening.use(await openTestApp(backend, [probe.adapter], {}, { secret }));
  await addReaders(test, 3);
  {
    await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
    await test.publish();
    await test.settled();
  }
  mails.sort((one, other) => one.recipient.address.localeCompare(other.recipient.address));
  const opened = opening.move();
  return { test, mails, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

const gone = (recipients: string[], header = ""): Buffer =>
  Buffer.from(
    `${header}${dsn({ recipients: recipients.map((recipient) => ({ recipient, status: "5.1.1", action: "failed" })), returned: "nothing" })}`,
  );
const complaint = (recipient: string, header = ""): Buffer =>
  Buffer.from(
    `${header}From: fbl@example.net\r\nSubject: complaint\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nOriginal-Rcpt-To: ${recipient}\r\n\r\n--b--\r\n`,
  );

/** Who may still be written to. */
async function reachable({ app }: TestApp): Promise<boolean[]> {
  const people = await Promise.all([0, 1, 2].map((n) => app.subscribers.find(`reader${n}@example.org`)));
  return people.map((person) => person?.suppressions.length === 0 && person.lists[0]?.state === "confirmed");
}

it("A mail that only names a reader suppresses nobody, however often it comes and whatever it says", async () => {
  await using mailed = await openMailed();
  const { test } = mailed;
  const victim = "reader0@example.org";
  const prose = `From: MAILER-DAEMON@example.net\r\nReturn-Path: <>\r\nSubject: Undelivered Mail\r\n\r\n<${victim}>: 550 5.1.1 no such user\r\n`;
  const messages = [
    gone([victim]),
    complaint(victim),
    Buffer.from(prose),
    Buffer.from(`X-Failed-Recipients: ${victim}\r\n${prose}`),
    ...Array.from({ length: 10 }, (_, n) =>
      Buffer.from(
        `X-Number: ${n}\r\n${dsn({ recipients: [{ recipient: victim, status: "4.2.2", action: "failed" }], returned: "nothing" })}`,
      ),
    ),
  ];
  for (const message of messages)
    for (const { outcome } of await test.app.bounces.message(message))
      expect(outcome).toEqual({ effect: "noted", tie: null });
  expect(await reachable(test)).toEqual([true, true, true]);
});

it("A guessed return path or message id is worth nothing", async () => {
  await using mailed = await openMailed();
  const { test, mails } = mailed;
  const right = verpAddress(mails[0]?.key ?? "", secret, bounces) ?? "";
  const [tag = ""] = /[0-9a-f]{20}-[0-9a-f]{12}/.exec(right) ?? [];
  const [key = "", mark = ""] = tag.split("-");
  const guesses = [
    `bounces+${key}-${randomBytes(6).toString("hex")}@example.org`,
    `bounces+${randomBytes(10).toString("hex")}-${mark}@example.org`,
    `bounces+${key}-@example.org`,
    `bounces+${key}@example.org`,
    verpAddress(mails[0]?.key ?? "", "another secret", bounces) ?? "",
    verpAddress(mails[0]?.key ?? "", "", bounces) ?? "",
  ];
  for (const guess of guesses) {
    expect(readVerp(guess, secret), guess).toBeNull();
    const [told] = await test.app.bounces.message(gone(["reader0@example.org"], `X-Original-To: ${guess}\r\n`));
    expect(told?.outcome, guess).toEqual({ effect: "noted", tie: null });
  }
  // 64 bits find a row, and the rest of the key has to be right all the same.
  const near = `${mails[0]?.key.slice(0, 16)}${randomBytes(8).toString("hex")}`;
  for (const id of [randomBytes(16).toString("hex"), near]) {
    const [told] = await test.app.bounces.message(gone(["reader0@example.org"], `References: <${id}@example.org>\r\n`));
    expect(told?.outcome).toEqual({ effect: "noted", tie: null });
  }
  expect(await reachable(test)).toEqual([true, true, true]);
});

it("The proof in a reader's own mail takes nobody away but that reader", async () => {
  await using mailed = await openMailed();
  const { test, mails } = mailed;
  const others = ["reader0@example.org", "reader1@example.org"];
  const own = `X-Original-To: ${verpAddress(mails[2]?.key ?? "", secret, bounces)}\r\nReferences: <${mails[2]?.key.slice(0, 32)}@example.org>\r\n`;
  await test.app.bounces.message(gone(others, own));
  await test.app.bounces.message(complaint(others[0] ?? "", own));
  expect(await reachable(test)).toEqual([true, true, false]);
});

it("Complaints that prove nothing stop no campaign", async () => {
  await using mailed = await openMailed();
  const { test } = mailed;
  for (let n = 0; n < 3; n++) await test.app.bounces.message(complaint(`reader${n}@example.org`));
  const { rows } = await test.app.database.pool.query(
    "select count(*)::int as tied from postrider.bounce where delivery_id is not null or hash is not null",
  );
  expect(rows).toEqual([{ tied: 0 }]);
  expect((await test.app.ledger.report())[0]?.channels["probe"]?.paused).toBeUndefined();
});
