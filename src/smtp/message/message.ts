/**
 * Composes the email of one recipient. The same envelope gives the same bytes, so that a retry sends the same email.
 */

import MailComposer from "nodemailer/lib/mail-composer";
import type { EmailRecipient, Envelope } from "#core/adapter.ts";
import { fillSlots } from "#core/renditions/slots.ts";
import { parseSender, wireAddress } from "./sender.ts";

export interface MessageOptions {
  /** `Example <news@example.org>`. */
  from: string;
  replyTo?: string;
  /** The address for unsubscribing by email. Default: `replyTo`, or else `from`. */
  leaveBy?(envelope: Envelope<"email">): string;
}

/** The parts that differ between emails of a rendition. */
export interface Wording {
  html: string;
  text: string;
  /** The separator of the parts. It is unique, and not in any line of the email. */
  boundary: string;
}

/** A complete message (RFC 5322) with CRLF line ends: text first, then HTML, in quoted-printable if needed. */
export function buildMessage(envelope: Envelope<"email">, options: MessageOptions): Promise<Buffer> {
  const filled = fillSlots(envelope.rendition, envelope.recipient);
  return composeMessage(envelope, { ...filled, boundary: envelope.key.slice(0, 24) }, options);
}

/** The envelope's headers around any wording. */
export async function composeMessage(
  envelope: Envelope<"email">,
  { html, text, boundary }: Wording,
  options: MessageOptions,
): Promise<Buffer> {
  const { rendition, recipient, publishedAt } = envelope;
  const composer = new MailComposer({
    from: parseSender(options.from),
    to: addressee(recipient),
    replyTo: options.replyTo ?? options.from,
    subject: rendition.subject,
    messageId: messageId(envelope, options),
    date: publishedAt,
    text,
    html,
    attachments: rendition.attachments.map(({ cid, fileName, type, content }) => ({
      ...{ cid, filename: fileName, contentType: type, contentDisposition: "inline" as const },
      content: Buffer.from(content),
    })),
    textEncoding: "quoted-printable",
    baseBoundary: boundary,
    newline: "windows",
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: [
      ...listHeaders(envelope, options),
      {
        key: "Feedback-ID",
        value: `${rendition.revision.slice(0, 12)}:${label(recipient.list.name)}:post:${domainOf(options)}`,
      },
      // RFC 3834 §5: prevents out-of-office replies to a list.
      { key: "Auto-Submitted", value: "auto-generated" },
      { key: "Precedence", value: "bulk" },
    ],
  });
  const built = await composer.compile().build();
  // nodemailer keeps bare line ends of the source, because its own stream corrects them later.
  return Buffer.from(built.toString("latin1").replace(/\r\n|\r|\n/g, "\r\n"), "latin1");
}

/** Stable, so that an email that was sent twice can be found, and impossible to guess. */
export function messageId({ key }: Envelope<"email">, options: MessageOptions): string {
  return `<${key.slice(0, 32)}@${domainOf(options)}>`;
}

/** Anybody can type any name when subscribing, so it is reduced to one line. */
export function addressee({ name = "", address }: EmailRecipient): { name: string; address: string } {
  return {
    name: name
      .toWellFormed()
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim(),
    address,
  };
}

/** The values of `List-Unsubscribe` and, if our server has a public address, of `List-Unsubscribe-Post` (RFC 8058 §3.1). */
export function unsubscribeHeaders(
  envelope: Envelope<"email">,
  options: MessageOptions,
): { ways: string; post?: string } {
  const url = headerUrl(envelope.recipient.unsubscribeUrl);
  if (!url.startsWith("https:")) return { ways: `<${url}>` };
  const address = options.leaveBy?.(envelope) ?? wireAddress(parseSender(options.replyTo ?? options.from).address);
  const byMail = `mailto:${headerUrl(address)}?subject=unsubscribe`;
  return { ways: `<${url}>, <${byMail}>`, post: "List-Unsubscribe=One-Click" };
}

/** RFC 2369, RFC 2919. */
function listHeaders(envelope: Envelope<"email">, options: MessageOptions) {
  const { recipient, rendition } = envelope;
  const { ways, post } = unsubscribeHeaders(envelope, options);
  const site = new URL(rendition.url).origin;
  return [
    { key: "List-Id", value: { prepared: true, value: `<${label(recipient.list.name)}.${domainOf(options)}>` } },
    // On one line, because a relay that folds it again breaks the signature.
    { key: "List-Unsubscribe", value: { prepared: true, foldLines: false, value: ways } },
    ...(post ? [{ key: "List-Unsubscribe-Post", value: post }] : []),
    { key: "List-Archive", value: { prepared: true, value: `<${site}/>` } },
  ];
}

function domainOf({ from }: MessageOptions): string {
  return wireAddress(parseSender(from).address).split("@")[1] ?? "";
}

/** Removes characters that would end the header line or its angle brackets. */
function headerUrl(url: string): string {
  return url.toWellFormed().replace(/[^\x21-\x7e]|[<>]/gu, encodeURIComponent);
}

/** A list's name in the form of a host name label (RFC 2919 §3). */
function label(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "list"
  );
}
