/** The mail put together from pieces says what the mail composed for one recipient says, whoever that is. */

import fc from "fast-check";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { anEnvelope } from "#contract/samples.ts";
import type { EmailRecipient, Envelope } from "#core/adapter.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import { compile } from "#smtp/message/compile.ts";
import { joined, partsOf } from "#smtp/message/mail.ts";
import { buildMessage } from "#smtp/message/message.ts";
import { encodePieces, encodeValue } from "#smtp/message/quoted-printable.ts";
import { difference } from "#smtp/message/same-mail.ts";

const from = "A Blog <news@example.org>";
const base = anEnvelope("email");
const { slots } = base.rendition;

const rendition: EmailRendition = {
  ...base.rendition,
  subject: "Grüße = one + “two”",
  html: `<!doctype html><html lang="en"><body><p>Hello ${slots.name}, this is a line that is rather longer than seventy-six characters = so.</p>
.a line that begins with a dot
<p><a href="${slots.viewUrl}">View</a>${slots.preferences} <a href="${slots.preferencesUrl}">Choose</a>${slots.preferences}<a href="${slots.unsubscribeUrl}">Leave</a>${slots.name}${slots.name}</p>日本語</body></html>
`,
  text: `${slots.name}\n.\n..\nfrom the beginning  \n${slots.preferences}Choose: ${slots.preferencesUrl}\n${slots.preferences}Leave: ${slots.unsubscribeUrl}`,
  attachments: [{ cid: "pic@x", fileName: "a b.png", type: "image/png", content: Buffer.alloc(3_000, 7) }],
};

function envelopeFor(recipient: Partial<EmailRecipient>, more: Partial<EmailRendition> = {}): Envelope<"email"> {
  return { ...base, rendition: { ...rendition, ...more }, recipient: { ...base.recipient, ...recipient } };
}

const url = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.string({ unit: "grapheme", maxLength: 300 }).map((tail) => `https://x.example/${tail}`),
  fc.constantFrom(
    'https://x.example/?a=1&b="2"\'<3>',
    "mailto:news@example.org?subject=unsubscribe",
    "https://x.example/\r\nBcc: a@b.c",
    `https://x.example/${"=".repeat(90)}`,
    `https://x.example/${".".repeat(200)}`,
  ),
);
const name = fc.oneof(
  fc.string({ unit: "binary", maxLength: 120 }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.constantFrom(
    "",
    "Ada",
    "O'Neil, “Jr.”",
    "日本語".repeat(18),
    ".",
    "=",
    "a\r\n.\r\nb",
    `"quoted" <x@y.z>`,
    "=?utf-8?q?x?=",
    "Ünal ",
  ),
);
const recipient = fc.record({
  address: fc.constantFrom("ada@example.org", "bo@bücher.example", "jörg@example.org", "o'neil+x@example.org"),
  name,
  unsubscribeUrl: url,
  viewUrl: url,
  preferencesUrl: fc.oneof(fc.constant(""), url),
});

/** Its first line has the greatest length, begins with a dot, and is continued. */
const dotted = {
  ...{ address: "ada@example.org", name: ".\u{11099}\u{110BA}\u{11099}\u{110BA}\u{11099}\u{110BA}!" },
  ...{ unsubscribeUrl: "https://x.example/", viewUrl: "http://a.aa", preferencesUrl: "http://a.aa" },
};

describe("A spliced mail", () => {
  it("decodes to the same as nodemailer's email, for hostile names and page addresses", async () => {
    const splice = await compile(envelopeFor({}), { from });
    await fc.assert(
      fc.asyncProperty(recipient, async (person) => {
        const envelope = envelopeFor(person);
        const ours = joined(partsOf(splice(envelope)));
        expect(await difference(ours, await buildMessage(envelope, { from }))).toBe(null);
        const lines = ours.toString("latin1").split("\r\n");
        const body = lines.slice(lines.indexOf(""));
        expect(Math.max(...body.map((line) => line.length))).toBeLessThanOrEqual(76);
        expect(lines.filter((line) => line.startsWith("."))).toEqual([]);
        expect(lines.join("")).not.toMatch(/[\r\n]/);
        expect(lines.slice(0, lines.indexOf("")).filter((line) => /^bcc/i.test(line))).toEqual([]);
      }),
      { numRuns: 200, examples: [[dotted]] },
    );
  });

  it("decodes to the same as nodemailer's email, for any post", async () => {
    const content = fc
      .array(
        fc.oneof(
          fc.constantFrom(slots.name, slots.unsubscribeUrl, slots.viewUrl, "\n", ".", "=", " \n", "\r\n.\r\n"),
          fc.string({ unit: "binary", maxLength: 100 }),
        ),
        { minLength: 1, maxLength: 12 },
      )
      .map((pieces) => `x${pieces.join("")}`);
    await fc.assert(
      fc.asyncProperty(content, content, recipient, async (html, text, person) => {
        const envelope = envelopeFor(person, { html, text });
        const splice = await compile(envelopeFor({}, { html, text }), { from });
        expect(await difference(joined(partsOf(splice(envelope))), await buildMessage(envelope, { from }))).toBe(null);
      }),
      { numRuns: 100 },
    );
  });

  it("always has the same bytes, and shares common parts", async () => {
    const splice = await compile(envelopeFor({}), { from });
    const [one, two] = [splice(envelopeFor({})), splice(envelopeFor({}))];
    expect(joined(partsOf(one))).toEqual(joined(partsOf(two)));
    const shared = one.body.filter((part) => Buffer.isBuffer(part));
    expect(shared.length).toBeGreaterThan(3);
    expect(shared.every((part) => two.body.includes(part))).toBe(true);
  });

  it("leaves out the preferences page for recipients without one", async () => {
    const splice = await compile(envelopeFor({ preferencesUrl: "https://x.example/prefs" }), { from });
    const without = await PostalMime.parse(joined(partsOf(splice(envelopeFor({})))));
    expect(`${without.html}${without.text}`).not.toContain("Choose");
    const withIt = await PostalMime.parse(
      joined(partsOf(splice(envelopeFor({ preferencesUrl: "https://x.example/prefs" })))),
    );
    expect(withIt.html).toContain('<a href="https://x.example/prefs">Choose</a>');
    expect(withIt.text).toContain("Choose: https://x.example/prefs");
  });

  it("is not made if it differs from the single version, and the error says where", async () => {
    let asked = 0;
    const envelope = envelopeFor({});
    // Another value each time, as a fault in one of the two versions would have it.
    const recipient = {
      ...envelope.recipient,
      get unsubscribeUrl() {
        return `https://x.example/${asked++}`;
      },
    };
    await expect(compile({ ...envelope, recipient }, { from })).rejects.toMatchObject({
      failure: { kind: "permanent", scope: "channel", code: "self-check" },
      message: expect.stringMatching(/differs from the single version in: (headers|text|HTML)\. Nothing was sent/),
    });
  });

  it("sends a mail without a text part, or without HTML, as such", async () => {
    for (const part of [{ text: "" }, { html: "" }]) {
      const envelope = envelopeFor({}, part);
      const splice = await compile(envelope, { from });
      expect(await difference(joined(partsOf(splice(envelope))), await buildMessage(envelope, { from }))).toBe(null);
    }
  });
});

describe("The comparison of two mails", () => {
  const message = async (more: Partial<EmailRendition>) => buildMessage(envelopeFor({}, more), { from });

  it.each([
    ["headers", { subject: "another" }],
    ["text", { text: "another" }],
    ["HTML", { html: "another" }],
    ["attachments", { attachments: [] }],
  ])("notices another %s", async (aspect, change) => {
    expect(await difference(await message({}), await message(change))).toBe(aspect);
  });
});

describe("Quoted-printable in pieces", () => {
  it("does not split an escape in a long value", () => {
    const value = `${"a".repeat(71)}=${"b".repeat(80)}é${"=".repeat(100)}`;
    const encoded = encodeValue(value);
    expect(encoded.split("\r\n").every((line) => line.length <= 76 && !/=.?$/.test(line.replace(/=$/, "")))).toBe(true);
    expect(encodePieces(["", ""]).join(encoded)).toBe(encoded);
  });
});
