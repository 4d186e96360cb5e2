/** Composes a rendition once, and splits it into shared parts and parts for each recipient. */

import { foldLines } from "nodemailer/lib/mime-funcs";
import MimeNode from "nodemailer/lib/mime-node";
import type { EmailRecipient, Envelope } from "#core/adapter.ts";
import { escapeHtml } from "#core/posts/html.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import { type Slot, slotValues, withOption } from "#core/renditions/slots.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { type Field, fieldsOf, type Head, headOf, joined, type Mail, type Part, partsOf } from "./mail.ts";
import {
  addressee,
  buildMessage,
  composeMessage,
  type MessageOptions,
  messageId,
  unsubscribeHeaders,
} from "./message.ts";
import { encodePieces, encodeValue } from "./quoted-printable.ts";
import { difference } from "./same-mail.ts";

/** Makes a recipient's email in microseconds. Accepts any envelope with the same rendition and list. */
export type Splice = (envelope: Envelope<"email">) => Mail;

/** A recipient's value, to be encoded for its part of the email. */
interface Gap {
  slot: Slot;
  html: boolean;
}

/**
 * @param first - the first envelope. Its email is compared with the one that nodemailer composes for it alone.
 * @throws DeliveryError if they differ; nothing must be sent then.
 */
export async function compile(first: Envelope<"email">, options: MessageOptions): Promise<Splice> {
  const { rendition } = first;
  const marks = { html: `é${sha256(`html\n${rendition.html}`)}`, text: `é${sha256(`text\n${rendition.text}`)}` };
  const boundary = sha256(`${marks.html}${marks.text}`).slice(0, 24);
  const wording = { html: rendition.html && marks.html, text: rendition.text && marks.text, boundary };
  const template = (await composeMessage(first, wording, options)).toString("latin1");
  const end = template.indexOf("\r\n\r\n");
  const shared = headOf(fieldsOf(template.slice(0, end)).filter(({ name }) => !ownNames.has(name.toLowerCase())));
  const body = template.slice(end + 4);
  const withPreferences = cut(body, marks, rendition, true);
  const withoutPreferences = cut(body, marks, rendition, false);

  const splice: Splice = (envelope) => {
    const { recipient } = envelope;
    const values = slotValues(rendition, recipient);
    const encoded = new Map<string, string>();
    const encodedValue = ({ slot, html }: Gap): string => {
      const key = html ? `${slot}>` : slot;
      let value = encoded.get(key);
      if (value === undefined) {
        value = encodeValue(html ? escapeHtml(values[slot]) : values[slot]);
        encoded.set(key, value);
      }
      return value;
    };
    const pieces = values.preferencesUrl === "" ? withoutPreferences : withPreferences;
    const parts: Part[] = pieces.map((piece) => (Buffer.isBuffer(piece) ? piece : encodedValue(piece)));
    return { own: ownFields(envelope, options), shared, body: parts };
  };
  await check(first, splice, shared, options);
  return splice;
}

const ownNames = new Set(["to", "message-id", "date", "list-unsubscribe", "list-unsubscribe-post"]);

/** Encodes in the same way as the composer. */
const headers = new MimeNode("text/plain", { textEncoding: "Q" });

function ownFields(envelope: Envelope<"email">, options: MessageOptions): Field[] {
  const { recipient, publishedAt } = envelope;
  const { ways, post } = unsubscribeHeaders(envelope, options);
  return [
    { name: "Date", line: `Date: ${publishedAt.toUTCString().replace("GMT", "+0000")}` },
    { name: "To", line: toField(recipient) },
    { name: "Message-ID", line: `Message-ID: ${messageId(envelope, options)}` },
    { name: "List-Unsubscribe", line: `List-Unsubscribe: ${ways}` },
    ...(post ? [{ name: "List-Unsubscribe-Post", line: `List-Unsubscribe-Post: ${post}` }] : []),
  ];
}

/** Most addresses need no encoding. The composer encodes the others. */
function toField(recipient: EmailRecipient): string {
  const { name, address } = addressee(recipient);
  const line = name ? `To: ${name} <${address}>` : `To: ${address}`;
  if (line.length <= 76 && /^[\w ]*$/.test(name) && /^[\w.+-]+@[\w.-]+$/.test(address)) return line;
  return bytesOf(foldLines(`To: ${headers.encodeHeaderValue("To", [{ name, address }])}`, 76));
}

/** An address that is not ASCII is in the header unencoded (RFC 6532). */
function bytesOf(line: string): string {
  return /^[\x20-\x7e\r\n\t]*$/.test(line) ? line : Buffer.from(line).toString("latin1");
}

/** The body with the real text and HTML instead of their marks, split at the tokens. */
function cut(
  body: string,
  marks: { html: string; text: string },
  { html, text, slots }: EmailRendition,
  shown: boolean,
): (Buffer | Gap)[] {
  let pieces: (string | Gap)[] = [body];
  const place = (mark: string, content: string, inHtml: boolean): void => {
    if (content === "") return;
    const { constant, between } = cutAtTokens(withOption(content, slots.preferences, shown), slots);
    const encoded = encodePieces(constant);
    const filling = encoded.flatMap((piece, index): (string | Gap)[] => {
      const slot = between[index];
      return slot ? [piece, { slot, html: inHtml }] : [piece];
    });
    pieces = pieces.flatMap((piece) => {
      if (typeof piece !== "string") return [piece];
      const [before, after] = piece.split(`=C3=A9${mark.slice(1)}`);
      return after === undefined ? [piece] : [before ?? "", ...filling, after];
    });
  };
  place(marks.text, text, false);
  place(marks.html, html, true);
  return merged(pieces);
}

function cutAtTokens(content: string, slots: EmailRendition["slots"]): { constant: string[]; between: Slot[] } {
  const { preferences: _, ...tokens } = slots;
  const slotOf = new Map(Object.entries(tokens).map(([slot, token]) => [token, slot as Slot]));
  const anyToken = new RegExp(`(${[...slotOf.keys()].map(RegExp.escape).join("|")})`);
  const cuts = content.split(anyToken);
  return {
    constant: cuts.filter((_piece, index) => index % 2 === 0),
    between: cuts.flatMap((piece) => slotOf.get(piece) ?? []),
  };
}

/** Merges neighbouring constant pieces. */
function merged(pieces: readonly (string | Gap)[]): (Buffer | Gap)[] {
  const result: (Buffer | Gap)[] = [];
  let run = "";
  const close = (): void => {
    if (run !== "") result.push(Buffer.from(run, "latin1"));
    run = "";
  };
  for (const piece of pieces) {
    if (typeof piece === "string") run += piece;
    else {
      close();
      result.push(piece);
    }
  }
  close();
  return result;
}

async function check(first: Envelope<"email">, splice: Splice, shared: Head, options: MessageOptions): Promise<void> {
  const ours = joined(partsOf(splice(first)));
  const problem =
    shared.fields.length === 0
      ? "header"
      : /^\./m.test(ours.toString("latin1"))
        ? "a line that begins with a dot"
        : await difference(ours, await buildMessage(first, options));
  if (problem === null) return;
  throw new DeliveryError({
    kind: "permanent",
    scope: "channel",
    code: "self-check",
    message: `Internal check failed: the bulk version of the email differs from the single version in: ${problem}. Nothing was sent. Set "transport: nodemailer" for this channel.`,
  });
}
