/** Opens a table of people whatever wrote it: encoding and separator are found from its beginning, columns from its titles. */

import { open } from "node:fs/promises";
import { PostriderError } from "#core/errors.ts";
import type { ImportedState } from "#core/import.ts";

/** Which column holds what. */
export interface Columns {
  address: string[];
  name: string[];
  /** First and last name, where they stand apart. */
  names: string[];
  state: string[];
  /** IANA names, such as Europe/Berlin. */
  timezone: string[];
}

/** How an export of another service is read. */
export interface Preset extends Columns {
  /** Without a column for it, everybody in the file is this; services write one file for each state. */
  otherwise(fileName: string): ImportedState;
  states: Record<string, ImportedState>;
}

const common: Columns = {
  address: ["address", "email", "e-mail", "email address", "e-mail address", "mail", "email_address"],
  name: ["name", "full name", "full_name", "fullname"],
  names: ["first name", "first_name", "last name", "last_name"],
  state: ["state", "status", "subscription_status"],
  timezone: ["timezone", "time zone", "time_zone"],
};

/** What the services call it when nobody may write any more. */
const states: Record<string, ImportedState> = {
  unsubscribed: "unsubscribed",
  unsubscribe: "unsubscribed",
  disabled: "unsubscribed",
  inactive: "unsubscribed",
  removed: "unsubscribed",
  cleaned: "bounced",
  bounced: "bounced",
  undeliverable: "bounced",
  blocklisted: "unsubscribed",
  blacklisted: "unsubscribed",
  complained: "complained",
  complaint: "complained",
  spam: "complained",
  unconfirmed: "unconfirmed",
  unactivated: "unconfirmed",
  pending: "unconfirmed",
};

/** Mailchimp names its files after the state of those in them. */
const byFileName = (name: string): ImportedState =>
  /unsubscribed/i.test(name) ? "unsubscribed" : /cleaned/i.test(name) ? "bounced" : "confirmed";
const plain: Preset = { ...common, otherwise: () => "confirmed", states };

export const presets: Readonly<Record<string, Preset>> = {
  plain,
  mailchimp: { ...plain, otherwise: byFileName },
  // `false` in "Disabled" columns is nobody's state: Substack says with `active_subscription` who pays, not who reads.
  substack: { ...plain, state: ["email_disabled"], states: { true: "unsubscribed" } },
  ghost: { ...plain, state: ["subscribed_to_emails"], states: { false: "unsubscribed" } },
  buttondown: { ...plain, state: ["type", "subscriber_type", "state"] },
  listmonk: { ...plain, state: ["subscription_status", "status"] },
};

export interface Dialect {
  encoding: string;
  separator: string;
}

const sampleBytes = 64 * 1024;

/** @throws PostriderError for a file that is not there */
export async function detectDialect(file: string): Promise<Dialect> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new PostriderError("not_found", `The file ${file} can't be read`, { file, cause });
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    const encoding = encodingOf(buffer.subarray(0, bytesRead));
    return { encoding, separator: separatorOf(new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead))) };
  } finally {
    await handle.close();
  }
}

function encodingOf(sample: Buffer): string {
  if (sample[0] === 0xff && sample[1] === 0xfe) return "utf-16le";
  if (sample[0] === 0xfe && sample[1] === 0xff) return "utf-16be";
  try {
    // The last character may be cut in two: `stream` doesn't mind.
    new TextDecoder("utf-8", { fatal: true }).decode(sample, { stream: true });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

function separatorOf(text: string): string {
  const header = (/^[^\r\n]*/.exec(text)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const count = (separator: string): number => header.split(separator).length;
  return [",", ";", "\t", "|"].reduce((best, next) => (count(next) > count(best) ? next : best));
}
