/** Another program, told as https://www.standardwebhooks.com specifies. */

import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import webhook from "#adapters/webhook.ts";
import { anEnvelope, never, openChannel } from "#contract/samples.ts";
import { type Asked, openScriptedServer } from "#contract/scripted-server.ts";

const envelope = anEnvelope("note");
const keys = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"];
const secrets = keys.map((key) => `whsec_${Buffer.from(key).toString("base64")}`);

function signatureOf({ headers, body }: Asked, key: string): string {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  return `v1,${createHmac("sha256", Buffer.from(key)).update(signed).digest("base64")}`;
}

it("signs with every secret, so that secrets can be replaced, and names the message", async () => {
  await using server = await openScriptedServer(() => ({ status: 204 }));
  const transport = await openChannel(webhook, { url: server.url, secret: secrets });
  const receipt = await transport.send(envelope, never);
  const [asked] = server.asked;
  if (!asked) throw new Error("nothing was asked");
  expect(asked.headers["webhook-signature"]).toBe(keys.map((key) => signatureOf(asked, key)).join(" "));
  expect(asked.headers["idempotency-key"]).toBe(receipt.remoteId);
  expect(JSON.parse(asked.body)).toMatchObject({
    type: "post.published",
    data: { url: envelope.rendition.url, card: { title: "Hello" } },
  });
});

it("reports edits and withdrawals only to receivers that asked for them", async () => {
  await using server = await openScriptedServer(() => ({ status: 204 }));
  const quiet = await openChannel(webhook, { url: server.url, secret: secrets[0] });
  expect([quiet.update, quiet.retract]).toEqual([undefined, undefined]);
  const transport = await openChannel(webhook, { url: server.url, secret: secrets[0], changes: true });
  const receipt = await transport.send(envelope, never);
  await transport.update?.(receipt, envelope, never);
  await transport.retract?.(receipt, never);
  await transport.retract?.(receipt, never);
  const told = server.asked.map(({ headers, body }) => ({ id: headers["webhook-id"], ...JSON.parse(body) }));
  expect(told.map(({ type }) => type)).toEqual([
    ...["post.published", "post.updated", "post.withdrawn", "post.withdrawn"],
  ]);
  expect(told[2]).toMatchObject({ data: { message: receipt.remoteId } });
  // The same event has the same id; others have others.
  expect(new Set(told.map(({ id }) => id)).size).toBe(3);
});
