/** Composes the mail of one recipient. The same envelope gives the same bytes, so that a second try is the same mail. */

import MailComposer from "nodemailer/lib/mail-composer";
import type { Envelope } from "#core/adapter.ts";
import { fillSlots } from "#core/slots.ts";
import { parseSender, wireAddress } from "./sender.ts";

export interface MessageOptions {
  /** `Example <news@example.org>`. */
  from: string;
  replyTo?: string;
}

/** A whole message, RFC 5322, lines ending CRLF: text first, then HTML, quoted-printable where they need it. */
export async function buildMessage(envelope: Envelope<"email">, options: MessageOptions): Promise<Buffer> {
  const { rendition, recipient, key, publishedAt } = envelope;
  const from = parseSender(options.from);
  const domain = wireAddress(from.address).split("@")[1];
  const filled = fillSlots(rendition, recipient);
  const composer = new MailComposer({
    from,
    to: { name: recipient.name ?? "", address: recipient.address },
    replyTo: options.replyTo ?? options.from,
    subject: rendition.subject,
    // Stable, so that a mail that went out twice can be found, and unguessable for others.
    messageId: `<${key.slice(0, 32)}@${domain}>`,
    date: publishedAt,
    text: filled.text,
    html: filled.html,
    attachments: rendition.attachments.map(({ cid, fileName, type, content }) => ({
      ...{ cid, filename: fileName, contentType: type, contentDisposition: "inline" as const },
      content: Buffer.from(content),
    })),
    textEncoding: "quoted-printable",
    baseBoundary: key.slice(0, 24),
    newline: "windows",
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: [
      ...listHeaders(envelope, options, domain ?? ""),
      { key: "Feedback-ID", value: `${rendition.revision.slice(0, 12)}:${label(recipient.list.name)}:post:${domain}` },
      // RFC 3834 §5: no out-of-office answers to a list's mail.
      { key: "Auto-Submitted", value: "auto-generated" },
      { key: "Precedence", value: "bulk" },
    ],
  });
  const built = await composer.compile().build();
  // nodemailer leaves bare line ends where the source had them, and counts on its own stream to mend them.
  return Buffer.from(built.toString("latin1").replace(/\r\n|\r|\n/g, "\r\n"), "latin1");
}

/** RFC 2369, RFC 2919, and one click as in RFC 8058 §3.1 where a server of ours answers. */
function listHeaders({ recipient, rendition }: Envelope<"email">, options: MessageOptions, domain: string) {
  const { list, unsubscribeUrl } = recipient;
  const byMail = `mailto:${wireAddress(parseSender(options.replyTo ?? options.from).address)}?subject=unsubscribe`;
  const oneClick = unsubscribeUrl.startsWith("https:");
  const ways = oneClick ? [unsubscribeUrl, byMail] : [unsubscribeUrl];
  const site = new URL(rendition.url).origin;
  return [
    { key: "List-Id", value: { prepared: true, value: `<${label(list.name)}.${domain}>` } },
    // On one line: a relay that folds it again breaks the signature.
    {
      key: "List-Unsubscribe",
      value: { prepared: true, foldLines: false, value: ways.map((way) => `<${way}>`).join(", ") },
    },
    ...(oneClick ? [{ key: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" }] : []),
    { key: "List-Archive", value: { prepared: true, value: `<${site}/>` } },
  ];
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
