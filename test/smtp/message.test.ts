/** One recipient's mail, read by a parser that we did not write. */

import fc from "fast-check";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { anEnvelope } from "#contract/samples.ts";
import type { Envelope } from "#core/adapter.ts";
import { buildMessage } from "#smtp/message/message.ts";

const from = "A Blog <news@example.org>";
const envelope = anEnvelope("email");

function withRecipient(changes: object): Envelope<"email"> {
  return { ...envelope, recipient: { ...envelope.recipient, ...changes } };
}

async function headersOf(message: Buffer): Promise<Map<string, string[]>> {
  const { headers } = await PostalMime.parse(message);
  const found = new Map<string, string[]>();
  for (const { key, value } of headers) found.set(key, [...(found.get(key) ?? []), value]);
  return found;
}

describe("A mail", () => {
  it("names an unsubscribe address that identifies the email", async () => {
    const options = { from, leaveBy: ({ key }: { key: string }) => `bounces+${key.slice(0, 8)}@example.org` };
    const unsubscribeUrl = "https://news.example.org/unsubscribe/token";
    const headers = await headersOf(await buildMessage(withRecipient({ unsubscribeUrl }), options));
    expect(headers.get("list-unsubscribe")?.[0]).toMatch(
      /^<https:.*>, <mailto:bounces\+[0-9a-f]{8}@example\.org\?subject=unsubscribe>$/,
    );
  });

  it("has the headers of a mailing list, each once", async () => {
    const headers = await headersOf(await buildMessage(envelope, { from }));
    expect(headers.get("from")).toEqual([from]);
    expect(headers.get("reply-to")).toEqual([from]);
    expect(headers.get("to")).toEqual(["Ada <ada@example.org>"]);
    expect(headers.get("list-id")).toEqual(["<everyone.example.org>"]);
    expect(headers.get("list-unsubscribe")).toEqual([
      "<https://news.example.org/unsubscribe/token>, <mailto:news@example.org?subject=unsubscribe>",
    ]);
    expect(headers.get("list-unsubscribe-post")).toEqual(["List-Unsubscribe=One-Click"]);
    expect(headers.get("list-archive")).toEqual([`<${new URL(envelope.rendition.url).origin}/>`]);
    expect(headers.get("auto-submitted")).toEqual(["auto-generated"]);
    expect(headers.get("precedence")).toEqual(["bulk"]);
    expect(headers.get("message-id")).toEqual([`<${envelope.key.slice(0, 32)}@example.org>`]);
    expect(headers.get("date")).toEqual(["Mon, 05 Jan 2026 09:00:00 +0000"]);
    expect(headers.has("x-mailer")).toBe(false);
    expect([...headers].filter(([, values]) => values.length > 1)).toEqual([]);
  });

  it.each([
    ["Weekly News", "weekly-news"],
    ["--A & B!!--", "a-b"],
    ["!!!", "list"],
  ])("writes the list %j as %s", async (name, label) => {
    const headers = await headersOf(await buildMessage(withRecipient({ list: { name } }), { from }));
    expect(headers.get("list-id")).toEqual([`<${label}.example.org>`]);
    expect(headers.get("feedback-id")?.[0]).toMatch(new RegExp(`^[^:]+:${label}:post:example\\.org$`));
  });

  it("keeps List-Unsubscribe on one line", async () => {
    const url = `https://news.example.org/unsubscribe/${"t".repeat(180)}`;
    const message = (await buildMessage(withRecipient({ unsubscribeUrl: url }), { from })).toString();
    expect(message).toMatch(new RegExp(`^List-Unsubscribe: <${url}>, <mailto:[^>]+>\\r$`, "m"));
  });

  it("offers no one-click unsubscribe without a server for it", async () => {
    const mailto = "mailto:news@example.org?subject=unsubscribe";
    const headers = await headersOf(await buildMessage(withRecipient({ unsubscribeUrl: mailto }), { from }));
    expect(headers.get("list-unsubscribe")).toEqual([`<${mailto}>`]);
    expect(headers.has("list-unsubscribe-post")).toBe(false);
  });

  it("replaces the tokens by each recipient's own values, escaped only in HTML", async () => {
    const url = 'https://news.example.org/u?a=1&b="2"';
    const { html, text } = await PostalMime.parse(await buildMessage(withRecipient({ unsubscribeUrl: url }), { from }));
    expect(html).toContain('href="https://news.example.org/u?a=1&amp;b=&quot;2&quot;"');
    expect(text).toContain(`Unsubscribe: ${url}`);
    expect(`${html}${text}`).not.toContain("SLOT");
  });

  it("always has the same bytes", async () => {
    expect(await buildMessage(envelope, { from })).toEqual(await buildMessage(envelope, { from }));
  });

  it("ends every line with CRLF and keeps it short, for any post and any reader's name", async () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.constantFrom("a\r\nBcc: evil@example.org", "\u0000", "=?utf-8?q?x?=", `"quoted" <x@y.z>`, "日本語".repeat(40)),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (name, subject, text) => {
        const mail = withRecipient({ name });
        const message = await buildMessage(
          { ...mail, rendition: { ...mail.rendition, subject, text, html: text } },
          { from },
        );
        const wire = message.toString("latin1");
        expect(wire).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
        expect(Math.max(...wire.split("\r\n").map((line) => line.length))).toBeLessThan(998);
        const headers = await headersOf(message);
        expect(headers.has("bcc")).toBe(false);
        expect(headers.get("to")).toHaveLength(1);
        expect(headers.get("subject")?.length ?? 0).toBeLessThanOrEqual(1);
        expect((await PostalMime.parse(message)).to?.map(({ address }) => address)).toEqual(["ada@example.org"]);
      }),
      { numRuns: 150 },
    );
  });
});
