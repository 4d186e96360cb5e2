/** Decides whether two emails are the same for a reader, even if their bytes differ. */

import PostalMime, { type Email } from "postal-mime";

/** The first difference, or `null`. */
export async function difference(one: Buffer, other: Buffer): Promise<string | null> {
  const [a, b] = await Promise.all([PostalMime.parse(one), PostalMime.parse(other)]);
  const aspects: [string, (mail: Email) => unknown][] = [
    ["headers", headersOf],
    ["text", ({ text }) => text],
    ["HTML", ({ html }) => html],
    ["attachments", attachmentsOf],
  ];
  return aspects.find(([, of]) => JSON.stringify(of(a)) !== JSON.stringify(of(b)))?.[0] ?? null;
}

/** All headers except the parts' boundary, in any order. */
function headersOf({ headers, from, to }: Email): unknown {
  const lines = headers.filter(({ key }) => key !== "content-type").map(({ key, value }) => `${key}: ${value}`);
  return [lines.sort(), from, to];
}

function attachmentsOf({ attachments }: Email): unknown {
  return attachments.map(({ content, ...about }) => [about, Buffer.from(content as ArrayBuffer).toString("base64")]);
}
