/** The startup of a connection to the embedded database, before its first statement. */

import { frame, int32, readyForQuery, startupParameters } from "./protocol.ts";

/** Codes in place of a protocol version (PostgreSQL documentation, "SSL Session Encryption", "Canceling Requests"). */
const sslRequest = 80877103;
const gssRequest = 80877104;
const cancelRequest = 80877102;

/** The request in a first message. `encryption` is declined, and then the client sends another message. */
export type Opening = "start" | "encryption" | "unsupported";

export function openingOf(bytes: Buffer): Opening {
  const code = bytes.readInt32BE(4);
  if (code === sslRequest || code === gssRequest) return "encryption";
  return code === cancelRequest || code >> 16 !== 3 ? "unsupported" : "start";
}

/** The answer after a login: ready for the first query. @param connection - its number. */
export function welcome(connection: number, version: string): Buffer {
  const status = {
    server_version: version,
    server_encoding: "UTF8",
    client_encoding: "UTF8",
    DateStyle: "ISO, MDY",
    TimeZone: "UTC",
    integer_datetimes: "on",
    standard_conforming_strings: "on",
  };
  return Buffer.concat([
    frame("R", int32(0)),
    ...Object.entries(status).map(([name, value]) => frame("S", name, value)),
    frame("K", int32(connection), int32(0)),
    readyForQuery("I"),
  ]);
}

/** Statements for the settings in a startup message: `-c name=value` in its options, and the application's name. */
export function startupSettings(bytes: Buffer): string[] {
  const parameters = startupParameters(bytes);
  const options = [...(parameters.get("options") ?? "").matchAll(/(?:-c\s*|--)([\w.]+)=((?:\\.|[^\s\\])*)/g)];
  const settings = options.map(([, name = "", value = ""]): [string, string] => [name, value.replace(/\\(.)/g, "$1")]);
  const application = parameters.get("application_name");
  if (application) settings.push(["application_name", application]);
  return settings.map(([name, value]) =>
    name === "search_path"
      ? `set search_path to ${value.split(",").map(identifier).join(", ")}`
      : `set ${name} to ${literal(value)}`,
  );
}

function identifier(name: string): string {
  const bare = name.trim().replace(/^"(.*)"$/, "$1");
  return `"${bare.replaceAll('"', '""')}"`;
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
