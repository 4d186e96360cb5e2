/**
 * The part of PostgreSQL's wire protocol that a proxying server needs (PostgreSQL documentation, chapter "Message
 * Formats").
 */

export interface Frame {
  /** The message's type, one letter; empty for messages before the first typed one. */
  type: string;
  /** The whole message, with type and length. */
  bytes: Buffer;
}

/** Our clients never send more at once. A greater length is invalid data. */
const longest = 256 * 1024 * 1024;

/** Cuts a stream into messages. `startup`: the first one has no type. */
export function frameReader(): { push(chunk: Buffer): void; next(startup: boolean): Frame | null } {
  let chunks: Buffer[] = [];
  let size = 0;
  /** Chunks are joined only when a message is complete. Joining at every chunk would copy a large message again and again. */
  const first = (atLeast: number): Buffer => {
    const [head] = chunks;
    if (head && head.length >= atLeast) return head;
    const joined = Buffer.concat(chunks);
    chunks = [joined];
    return joined;
  };
  return {
    push(chunk) {
      chunks.push(chunk);
      size += chunk.length;
    },
    next(startup) {
      const head = startup ? 0 : 1;
      if (size < head + 4) return null;
      const length = first(head + 4).readInt32BE(head) + head;
      if (length < head + 4 || length > longest) throw new RangeError("not PostgreSQL's protocol");
      if (size < length) return null;
      const buffer = first(length);
      const bytes = buffer.subarray(0, length);
      if (buffer.length > length) chunks[0] = buffer.subarray(length);
      else chunks.shift();
      size -= length;
      return { type: startup ? "" : String.fromCharCode(bytes[0] ?? 0), bytes };
    },
  };
}

/** Splits the engine's answer into messages. */
export function* framesOf(bytes: Buffer): Generator<Frame, void> {
  for (let at = 0; at + 5 <= bytes.length; ) {
    const length = bytes.readInt32BE(at + 1) + 1;
    yield { type: String.fromCharCode(bytes[at] ?? 0), bytes: bytes.subarray(at, at + length) };
    at += length;
  }
}

export function frame(type: string, ...parts: (string | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(`${part}\0`) : part)));
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** @param status - `I` idle, `T` in a transaction, `E` in a failed one. */
export function readyForQuery(status: string): Buffer {
  return frame("Z", Buffer.from(status, "latin1"));
}

/** @param code - SQLSTATE (PostgreSQL documentation, appendix A). */
export function errorResponse(severity: "ERROR" | "FATAL", code: string, message: string): Buffer {
  return frame("E", `S${severity}`, `V${severity}`, `C${code}`, `M${message}`, Buffer.from([0]));
}

export function query(sql: string): Buffer {
  return frame("Q", sql);
}

/** A zero-terminated text, and the offset of the next field. */
export function cstring(bytes: Buffer, at: number): { text: string; next: number } {
  const end = bytes.indexOf(0, at);
  const stop = end < 0 ? bytes.length : end;
  return { text: bytes.toString("utf8", at, stop), next: stop + 1 };
}

/** The parameters of a startup message: pairs of texts. */
export function startupParameters(bytes: Buffer): Map<string, string> {
  const parameters = new Map<string, string>();
  for (let at = 8; at < bytes.length - 1; ) {
    const name = cstring(bytes, at);
    const value = cstring(bytes, name.next);
    parameters.set(name.text, value.text);
    at = value.next;
  }
  return parameters;
}
