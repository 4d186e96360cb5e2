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
  /** To which address a mail says that its reader wants to leave. Default: `replyTo`, else `from`. */
  leaveBy?(envelope: Envelope<"email">): string;
}

/** What one mail says otherwise than another of the same rendition. */
export interface Wording {
  html: string;
  text: string;
  /** Unique to the mail, and in no line of it: it separates the parts. */
  boundary: string;
}

/** A whole message, RFC 5322, lines ending CRLF: text first, then HTML, quoted-printable where they need it. */
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
      // RFC 3834 §5: no out-of-office answers to a list's mail.
      { key: "Auto-Submitted", value: "auto-generated" },
      { key: "Precedence", value: "bulk" },
    ],
  });
  const built = await composer.compile().build();
  // nodemailer leaves bare line ends where the source had them, and counts on its own stream to mend them.
  return Buffer.from(built.toString("latin1").replace(/\r\n|\r|\n/g, "\r\n"), "latin1");
}

/** Stable, so that a mail that went out twice can be found, and unguessable for others. */
export function messageId({ key }: Envelope<"email">, options: MessageOptions): string {
  return `<${key.slice(0, 32)}@${domainOf(options)}>`;
}

/** Whoever subscribes types the name: it is one line here. */
export function addressee({ name = "", address }: EmailRecipient): { name: string; address: string } {
  return {
    name: name
      .toWellFormed()
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim(),
    address,
  };
}

/** The values of `List-Unsubscribe` and, where a server of ours answers, of `List-Unsubscribe-Post` (RFC 8058 §3.1). */
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
    // On one line: a relay that folds it again breaks the signature.
    { key: "List-Unsubscribe", value: { prepared: true, foldLines: false, value: ways } },
    ...(post ? [{ key: "List-Unsubscribe-Post", value: post }] : []),
    { key: "List-Archive", value: { prepared: true, value: `<${site}/>` } },
  ];
}

function domainOf({ from }: MessageOptions): string {
  return wireAddress(parseSender(from).address).split("@")[1] ?? "";
}

/** Nothing in it may end the header's line or its angle brackets. */
function headerUrl(url: string): string {
  return url.toWellFormed().replace(/[^\x21-\x7e]|[<>]/gu, encodeURIComponent);
}

/** A list's name as a label of a host name (RFC 2919 §3). */
function label(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "list"
  );
}
