/** An outgoing email in parts, so that what recipients share is encoded and stored only once. */

/** One header field. */
export interface Field {
  /** As written: `List-Id`. */
  name: string;
  /** The whole field, folded, without its last line end. Its characters are the bytes (latin1). */
  line: string;
}

/** Bytes; a string means its latin1 bytes. Lines end with CRLF, and none begins with a dot. */
export type Part = Buffer | string;

export interface Mail {
  /** Fields of this email only; they come first. */
  own: readonly Field[];
  /** Fields that all emails of a rendition share, as the same object. */
  shared: Head;
  body: readonly Part[];
}

export interface Head {
  fields: readonly Field[];
  /** The fields as bytes, with the empty line after them. */
  bytes: Buffer;
}

/** @param signatures - header fields that go before all others. */
export function partsOf({ own, shared, body }: Mail, signatures: readonly string[] = []): Part[] {
  let first = "";
  for (const line of signatures) first += `${line}\r\n`;
  for (const { line } of own) first += `${line}\r\n`;
  return [first, shared.bytes, ...body];
}

export function sizeOf(parts: readonly Part[]): number {
  let size = 0;
  for (const part of parts) size += part.length;
  return size;
}

/** Writes the parts consecutively. Returns the end of the last one. */
export function writeParts(parts: readonly Part[], target: Buffer, at: number): number {
  let end = at;
  for (const part of parts)
    end += typeof part === "string" ? target.write(part, end, "latin1") : part.copy(target, end);
  return end;
}

export function joined(parts: readonly Part[]): Buffer {
  const bytes = Buffer.allocUnsafe(sizeOf(parts));
  writeParts(parts, bytes, 0);
  return bytes;
}

/** Splits a finished message into parts. */
export function parseMail(message: Buffer): Mail {
  const end = message.indexOf("\r\n\r\n");
  const own = fieldsOf(message.toString("latin1", 0, end));
  return { own, shared: headOf([]), body: [message.subarray(end + 4)] };
}

/** @param block - header fields without the empty line. */
export function fieldsOf(block: string): Field[] {
  return block.split(/\r\n(?![ \t])/).map((line) => ({ name: line.slice(0, line.indexOf(":")), line }));
}

export function headOf(fields: readonly Field[]): Head {
  return { fields, bytes: Buffer.from(`${fields.map(({ line }) => `${line}\r\n`).join("")}\r\n`, "latin1") };
}
