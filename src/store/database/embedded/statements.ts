/** What the wire server must know about a statement, because many connections share one session. */

import { cstring, type Frame, frame } from "./protocol.ts";

export interface Noted {
  /** Channels that the statement listens to. */
  listens: string[];
  /** Channels that it no longer listens to; `*` for all. */
  unlistens: string[];
  /** Settings that stay for the rest of the connection, each as its statement. */
  settings: string[];
  /** COPY would wait for data that this server can't pass to the engine. */
  copies: boolean;
}

/** The SQL of a simple query or of a statement to be prepared. */
export function sqlOf({ type, bytes }: Frame): string | null {
  if (type === "Q") return cstring(bytes, 5).text;
  return type === "P" ? cstring(bytes, cstring(bytes, 5).next).text : null;
}

export function note(sql: string): Noted {
  const noted: Noted = { listens: [], unlistens: [], settings: [], copies: false };
  // All relevant statements are short. Parsing a bulk insert would cost more than running it.
  if (sql.length > 10_000) return noted;
  for (const statement of bare(sql).split(";")) {
    const [, verb = "", rest = ""] = /^\s*([a-z]+)\b\s*([\s\S]*)$/i.exec(statement) ?? [];
    switch (verb.toLowerCase()) {
      case "listen":
        noted.listens.push(channelName(rest));
        break;
      case "unlisten":
        noted.unlistens.push(channelName(rest));
        break;
      case "set":
        if (!/^(local|transaction|session\s+characteristics|constraints)\b/i.test(rest))
          noted.settings.push(statement.trim());
        break;
      case "copy":
        noted.copies = true;
    }
  }
  return noted;
}

/** Without leading comments (BullMQ's LISTEN begins with one). */
function bare(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, " ");
}

/** Unquoted names are folded to small letters, as PostgreSQL does. */
function channelName(text: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(text.trim());
  return quoted ? (quoted[1] ?? "").replaceAll('""', '"') : text.trim().toLowerCase();
}

/** Prepared statements and portals share one session: each connection's own names get its number in front. */
export function renamed({ type, bytes }: Frame, connection: number): Buffer {
  if (type === "P") return withNames(bytes, 5, 1, connection);
  if (type === "B") return withNames(bytes, 5, 2, connection);
  if (type === "D" || type === "C") return withNames(bytes, 6, 1, connection);
  return type === "E" ? withNames(bytes, 5, 1, connection) : bytes;
}

function withNames(bytes: Buffer, at: number, names: number, connection: number): Buffer {
  const parts: Buffer[] = [bytes.subarray(0, at)];
  let position = at;
  let changed = false;
  for (let index = 0; index < names; index++) {
    const { text, next } = cstring(bytes, position);
    // An unnamed statement is only used within one locked group of messages.
    parts.push(Buffer.from(text ? `c${connection}_${text}\0` : "\0"));
    changed ||= text !== "";
    position = next;
  }
  if (!changed) return bytes;
  const whole = Buffer.concat([...parts, bytes.subarray(position)]);
  whole.writeInt32BE(whole.length - 1, 1);
  return whole;
}

/** The same message with a statement that does nothing and gives the same answer. */
export function silenced({ type, bytes }: Frame): Frame {
  const { text } = cstring(bytes, 5);
  const nothing = text.replace(/unlisten\s+("[^"]*"|\*|\w+)/gi, 'unlisten "postrider none"');
  return { type, bytes: frame(type, nothing) };
}
