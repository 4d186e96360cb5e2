/** Reads an incoming message: a delivery report, a complaint, a bounce in prose, or an automatic reply. */

import { type BounceReport, judgeStatus } from "#core/readers/bounce.ts";
import { addressIn, type Fields, readFields, typed } from "./fields.ts";
import { type Finding, isMailer, type OpenedMail, openMail } from "./open-mail.ts";
import { readProse } from "./prose.ts";

/** One report for each recipient in the message, at least one. @throws PostriderError `invalid` if it is not an email. */
export async function readBounce(source: Uint8Array): Promise<BounceReport[]> {
  const mail = await openMail(source);
  const traces = { messageIds: messageIdsOf(mail), returnPaths: returnPathsOf(mail) };
  const reports = readArf(mail) ?? readDsn(mail) ?? readRequest(mail) ?? readAnswer(mail) ?? readProse(mail);
  return (
    reports ?? [{ kind: "unknown", counts: false, why: "it does not look like a bounce", source: "text" } as const]
  ).map((report) => ({ ...report, ...traces }));
}

/** RFC 5965, and Microsoft's junk mail reports: the email itself, with an extra field for the person who complained. */
function readArf({ parts, headers }: OpenedMail): Finding[] | null {
  const part = parts.find(({ type }) => type === "message/feedback-report");
  if (!part) {
    const field = "x-hmxmroriginalrecipient";
    const recipient = addressIn(headers.get(field)?.[0] ?? first(originalOf(parts), field));
    return recipient
      ? [{ kind: "complaint", counts: false, why: "a complaint (Microsoft JMRP)", recipient, source: "arf" }]
      : null;
  }
  const fields: Fields = readFields(part.text)[0] ?? new Map();
  const type = (first(fields, "feedback-type") ?? "abuse").toLowerCase();
  const original = originalOf(parts);
  const named = (fields.get("original-rcpt-to") ?? []).map(addressIn);
  const written = addressIn(first(original, "to"));
  const recipients = named.length > 0 ? named : [written];
  // RFC 5965 §7.3, RFC 6650: `not-spam` withdraws a complaint; other types are not a reader's request.
  const complaint = ["abuse", "fraud", "opt-out", "opt-out-list", "virus", "other", "miscategorized"].includes(type);
  return recipients.slice(0, mostRecipients).map((recipient) => ({
    kind: complaint ? ("complaint" as const) : ("auto-reply" as const),
    counts: false,
    why: complaint ? `a complaint: ${type} (RFC 5965)` : `a feedback report, but not a complaint: ${type}`,
    ...(recipient && { recipient }),
    source: "arf",
  }));
}

/** RFC 3464, and RFC 6533 for addresses beyond ASCII. */
function readDsn({ parts, text, headers }: OpenedMail): Finding[] | null {
  const part = parts.find(
    ({ type }) => type === "message/delivery-status" || type === "message/global-delivery-status",
  );
  if (!part) return null;
  const groups = readFields(part.text).filter(
    (group) => group.has("final-recipient") || group.has("action") || group.has("status"),
  );
  if (groups.length === 0) return null;
  const failed = headers.get("x-failed-recipients")?.[0];
  return groups.slice(0, mostRecipients).map((group) => {
    // The original recipient is the one that we sent to (RFC 3464 §2.3.1). The final one may be the target of a forwarding.
    const recipient =
      addressIn(first(group, "original-recipient")) ?? addressIn(first(group, "final-recipient")) ?? addressIn(failed);
    const diagnostic = typed(first(group, "diagnostic-code")) ?? saidOf(text);
    const action = first(group, "action")?.replace(/\(.*$/, "");
    const status = first(group, "status");
    const judgement = judgeStatus({
      ...(action && { action }),
      ...(status && { status }),
      ...(diagnostic && { diagnostic }),
    });
    return { ...judgement, ...(recipient && { recipient }), ...(diagnostic && { diagnostic }), source: "dsn" };
  });
}

/** A report without a diagnostic has the answer in its prose. */
function saidOf(text: string): string | undefined {
  return /(?:^|\n).*?\b([45]\d\d[ -](?:[245]\.\d{1,3}\.\d{1,3} )?[^\r\n]{3,300})/.exec(text)?.[1]?.trim();
}

/** A mail to the `mailto:` of List-Unsubscribe (RFC 2369). */
function readRequest({ subject, from, headers }: OpenedMail): Finding[] | null {
  if (!/^\s*(?:re:\s*)?unsubscribe\b/i.test(subject) || isAutomatic(headers)) return null;
  return [
    {
      kind: "unsubscribe",
      counts: false,
      why: "an email with the subject unsubscribe",
      ...(from && { recipient: from }),
      ...{ source: "header", diagnostic: subject.trim().slice(0, 500) },
    },
  ];
}

/** RFC 3834, RFC 8098, and older kinds of automatic replies. */
function readAnswer({ headers, subject, parts, from }: OpenedMail): Finding[] | null {
  const receipt = parts.some(({ type }) => type === "message/disposition-notification");
  const words =
    /^\s*(?:(?:re|aw|sv|ref|antwort):\s*)?(?:out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response|antwort)|automatische antwort|abwesenheit|réponse automatique|respuesta automática|risposta automatica|automatisch antwoord|on vacation|autosvar|自動応答)/i;
  // A server's bounce may also be marked "auto-replied", but its sender is empty or a mailer.
  if (!receipt && (isMailer(headers, from) || headers.has("x-failed-recipients"))) return null;
  if (!receipt && !isAutomatic(headers) && !words.test(subject)) return null;
  return [
    {
      kind: "auto-reply",
      counts: false,
      why: receipt ? "a read receipt (RFC 8098)" : "an automatic reply (RFC 3834)",
      ...(from && { recipient: from }),
      source: "header",
    },
  ];
}

function isAutomatic(headers: OpenedMail["headers"]): boolean {
  const submitted = headers.get("auto-submitted")?.[0]?.trim().toLowerCase() ?? "no";
  return (
    !submitted.startsWith("no") ||
    headers.has("x-autoreply") ||
    headers.has("x-autorespond") ||
    headers.has("x-autoresponder") ||
    /auto_?reply/i.test(headers.get("precedence")?.[0] ?? "")
  );
}

/** The header of the returned email, complete or cut. */
function originalOf(parts: OpenedMail["parts"]): Fields {
  const part = parts.find(({ type }) =>
    /^(?:message\/(?:rfc822|global|partial)|(?:text|message)\/rfc822-headers|message\/global-headers)$/.test(type),
  );
  return (part && readFields(part.text.slice(0, 64 * 1024))[0]) ?? new Map();
}

/** Our Message-ID may be in the returned header, in the references of the reply, or in a mailer's own field. */
function messageIdsOf({ parts, headers, text }: OpenedMail): string[] {
  const values = [
    ...(originalOf(parts).get("message-id") ?? []),
    ...["in-reply-to", "references", "x-original-message-id", "x-ms-exchange-message-sent-representing-type"].flatMap(
      (name) => headers.get(name) ?? [],
    ),
    ...[...text.slice(0, 64 * 1024).matchAll(/^[ \t]{0,8}>?[ \t]{0,8}message-id:[ \t]{0,8}(<[^<>\s]{3,250}>)/gim)].map(
      ([, id]) => id ?? "",
    ),
  ];
  const found = values.flatMap((value) => [...value.matchAll(/<([^<>\s]{3,250})>/g)].map(([, id]) => id ?? ""));
  return [...new Set(found)].slice(0, 20);
}

/** The addresses that the report was sent to, from its header and from the delivering server. */
function returnPathsOf({ headers, parts }: OpenedMail): string[] {
  const names = ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc"];
  const values = [
    ...names.flatMap((name) => headers.get(name) ?? []),
    ...(originalOf(parts).get("return-path") ?? []),
    ...parts
      .filter(({ type }) => type === "message/feedback-report")
      .flatMap(({ text }) => readFields(text).flatMap((group) => group.get("original-mail-from") ?? [])),
  ];
  const found = values.flatMap((value) => value.slice(0, 5_000).match(/[^\s<>()[\]:;,"']{1,256}@[\w.-]+/g) ?? []);
  return [...new Set(found)].slice(0, 20);
}

function first(fields: Fields, name: string): string | undefined {
  return fields.get(name)?.[0];
}

const mostRecipients = 1_000;
