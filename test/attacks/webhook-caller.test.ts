/** Somebody who knows where a provider reports to, or has recorded what it said. */

import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { expect, it } from "vitest";
import { addReaders } from "../support/app.ts";
import { openReaderSite, type ReaderSite } from "../support/reader-site.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const bounces = `bounces:
  webhooks:
    mailgun: { signingKey: key }
    postmark: { user: hook, password: "a long password" }
    sendgrid: { publicKey: "${publicKey.export({ format: "der", type: "spki" }).toString("base64")}" }
`;

async function openMailed(): Promise<ReaderSite> {
  const site = await openReaderSite(bounces);
  await addReaders(site.test, 2);
  await site.test.publish();
  await site.test.settled();
  return site;
}

const suppressed = async ({ test }: ReaderSite): Promise<number> => {
  const people = await Promise.all([0, 1].map((n) => test.app.subscribers.find(`reader${n}@example.org`)));
  return people.filter((person) => person?.suppressions.length !== 0).length;
};
const noted = async ({ test }: ReaderSite): Promise<number> =>
  (await test.app.database.pool.query<{ n: number }>("select count(*)::int as n from postrider.bounce")).rows[0]?.n ??
  0;

const seconds = (): string => String(Math.floor(Date.now() / 1_000));
const mailgun = (recipient: string, token: string, key = "key", timestamp = seconds()) => ({
  signature: {
    timestamp,
    token,
    signature: createHmac("sha256", key)
      .update(timestamp + token)
      .digest("hex"),
  },
  "event-data": { event: "complained", recipient },
});
const sendgrid = (recipient: string, id: string) =>
  JSON.stringify([{ event: "spamreport", email: recipient, sg_event_id: id }]);

it("Reports count once, however often they are played back, and a recorded proof is good for no other reader", async () => {
  await using site = await openMailed();
  const post = async (provider: string, body: string, headers: Record<string, string> = {}): Promise<number> =>
    (await fetch(`${site.url}/webhooks/${provider}`, { method: "POST", body, headers })).status;

  const recorded = JSON.stringify(mailgun("reader0@example.org", "a-token-of-mailgun"));
  expect(await Promise.all([recorded, recorded, recorded].map((body) => post("mailgun", body)))).toEqual([
    204, 204, 204,
  ]);
  expect([await suppressed(site), await noted(site)]).toEqual([1, 1]);
  // Its signature covers time and token alone: another event may be put under it, and is taken for the same one.
  const changed = recorded.replace("reader0@", "reader1@");
  expect(await post("mailgun", changed)).toBe(204);
  const old = JSON.stringify(mailgun("reader1@example.org", "another-token", "key", String(Number(seconds()) - 3_600)));
  const future = JSON.stringify(
    mailgun("reader1@example.org", "another-token", "key", String(Number(seconds()) + 3_600)),
  );
  const wrong = JSON.stringify(mailgun("reader1@example.org", "another-token", "another key"));
  for (const body of [old, future, wrong]) expect(await post("mailgun", body)).toBe(401);
  expect([await suppressed(site), await noted(site)]).toEqual([1, 1]);

  const batch = sendgrid("reader0@example.org", "event-1");
  const timestamp = seconds();
  const headers = (body: string) => ({
    "x-twilio-email-event-webhook-timestamp": timestamp,
    "x-twilio-email-event-webhook-signature": sign("sha256", Buffer.from(timestamp + body), privateKey).toString(
      "base64",
    ),
  });
  for (let n = 0; n < 3; n++) expect(await post("sendgrid", batch, headers(batch))).toBe(204);
  expect(await post("sendgrid", sendgrid("reader1@example.org", "event-2"), headers(batch))).toBe(401);
  expect([await suppressed(site), await noted(site)]).toEqual([1, 2]);

  const event = JSON.stringify({ RecordType: "SpamComplaint", ID: 7, Email: "reader1@example.org" });
  for (const authorization of [
    "",
    "Basic",
    `Basic ${btoa("hook:")}`,
    `Basic ${btoa("hook:a long passwor")}`,
    "Bearer a long password",
  ])
    expect(await post("postmark", event, { authorization }), authorization).toBe(401);
  expect(await suppressed(site)).toBe(1);
  const authorization = `Basic ${btoa("hook:a long password")}`;
  for (let n = 0; n < 3; n++) expect(await post("postmark", event, { authorization })).toBe(204);
  expect([await suppressed(site), await noted(site)]).toEqual([2, 3]);
});
