/** Parses an untrusted email, with limits on size and depth. */

import PostalMime, { type Attachment } from "postal-mime";
import { PostriderError } from "#core/errors.ts";
import type { BounceReport } from "#core/readers/bounce.ts";

export interface OpenedMail {
  /** Lower-case name -> values. */
  headers: ReadonlyMap<string, string[]>;
  subject: string;
  from?: string;
  text: string;
  parts: { type: string; text: string }[];
}

/** The result for one kind of report, without the traces, which are the same for all kinds. */
export type Finding = Omit<BounceReport, "messageIds" | "returnPaths">;

/** A report is at the beginning and the returned email at the end, so the rest is only an attachment. */
export const mostBytes = 1024 * 1024;
/** The parser takes as long for an empty line as for a full one. */
const mostLines = 20_000;

const machineParts = [
  "message/delivery-status",
  "message/global-delivery-status",
  "message/feedback-report",
  "message/disposition-notification",
  "message/rfc822",
  "message/global",
  "message/partial",
  "text/rfc822-headers",
  "message/rfc822-headers",
  "message/global-headers",
];

/** Attachments are never unpacked. @throws PostriderError `invalid` if it is not an email. */
export async function openMail(source: Uint8Array): Promise<OpenedMail> {
  const mail = await PostalMime.parse(beginningOf(source), {
    forceRfc822Attachments: true,
    rfc822Attachments: true,
    maxNestingDepth: 20,
    maxHeadersSize: 256 * 1024,
    maxRfc822NestingDepth: 0,
  }).catch((cause: unknown) => {
    throw new PostriderError("invalid", "This can't be read as an email", { cause });
  });
  if (mail.headers.length === 0) throw new PostriderError("invalid", "This is not an email: it has no header");
  const headers = new Map<string, string[]>();
  for (const { key, value } of mail.headers) headers.set(key, [...(headers.get(key) ?? []), value]);
  const from = mail.from && "address" in mail.from ? mail.from.address : undefined;
  return {
    headers,
    subject: mail.subject ?? "",
    ...(from && { from }),
    text: (mail.text || stripTags(mail.html ?? "")).slice(0, 128 * 1024),
    parts: mail.attachments
      .filter(({ mimeType }) => machineParts.includes(mimeType))
      .slice(0, 10)
      .map((part) => ({ type: part.mimeType, text: textOf(part) })),
  };
}

function beginningOf(source: Uint8Array): Uint8Array {
  let end = 0;
  for (let lines = 0; lines < mostLines && end < mostBytes; lines++) {
    const next = source.indexOf(0x0a, end);
    if (next < 0) return source.subarray(0, mostBytes);
    end = next + 1;
  }
  return source.subarray(0, Math.min(end, mostBytes));
}

/** Bounces come from nobody (RFC 5321 §4.5.5) or from a mailer's name. */
export function isMailer(headers: OpenedMail["headers"], from: string | undefined): boolean {
  return (
    headers.get("return-path")?.[0]?.trim() === "<>" ||
    /^(?:mailer-daemon|postmaster|mail-daemon|mdaemon|microsoftexchange[0-9a-f]+)@/i.test(`${from ?? ""}@`) ||
    /mailer-daemon|mail delivery (?:sub)?system/i.test(headers.get("from")?.[0] ?? "")
  );
}

function textOf({ content }: Attachment): string {
  if (typeof content === "string") return content.slice(0, mostBytes);
  return Buffer.from(content instanceof Uint8Array ? content : new Uint8Array(content)).toString("utf8");
}

function stripTags(html: string): string {
  return html
    .slice(0, 256 * 1024)
    .replace(/<br\b[^<>]*>|<\/(?:p|div|tr|h\d)>/gi, "\n")
    .replace(/<[^<>]*>/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}
