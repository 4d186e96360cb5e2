/** Whose export a table of people is: which of its columns holds what, and what its words for a state mean. */

import type { ImportedState } from "#core/import.ts";

/** Titles of columns, in small letters. */
export interface Columns {
  address: readonly string[];
  name: readonly string[];
  /** First and last name, where they stand apart. */
  names: readonly string[];
  state: readonly string[];
  /** IANA names, such as Europe/Berlin. */
  timezone: readonly string[];
  language: readonly string[];
  /** Kept as the attribute `tags`. */
  tags: readonly string[];
  /** JSON objects of attributes. */
  attributes: readonly string[];
  frequency: readonly string[];
  /** When, where and how somebody agreed: kept with their subscription, under these titles. */
  proof: readonly string[];
}

export interface Preset extends Columns {
  /** Without a column for it, everybody in the file is this; services write one file for each state. */
  otherwise(fileName: string, titles: readonly string[]): ImportedState;
  states: Readonly<Record<string, ImportedState>>;
  /** These readers had from there what is published already: it never goes to them again. */
  had: boolean;
}

/** What the services call it when nobody may write any more. */
const states: Preset["states"] = {
  unsubscribed: "unsubscribed",
  unsubscribe: "unsubscribed",
  disabled: "unsubscribed",
  inactive: "unsubscribed",
  removed: "unsubscribed",
  cleaned: "bounced",
  bounced: "bounced",
  undeliverable: "bounced",
  blocklisted: "blocked",
  blacklisted: "blocked",
  blocked: "blocked",
  complained: "complained",
  complaint: "complained",
  spam: "complained",
  unconfirmed: "unconfirmed",
  unactivated: "unconfirmed",
  pending: "unconfirmed",
};

const plain: Preset = {
  address: ["address", "email", "e-mail", "email address", "e-mail address", "mail", "email_address"],
  name: ["name", "full name", "full_name", "fullname"],
  names: ["first name", "first_name", "last name", "last_name"],
  state: ["state", "status", "subscription_status"],
  timezone: ["timezone", "time zone", "time_zone"],
  language: ["language", "lang", "locale"],
  tags: ["tags"],
  attributes: ["attributes"],
  frequency: ["frequency"],
  proof: ["consent", "source", "since"],
  otherwise: () => "confirmed",
  states,
  had: false,
};

/** Mailchimp writes a file for each state, and names file and a column after it. */
function mailchimpState(name: string, titles: readonly string[]): ImportedState {
  if (/unsubscribed/i.test(name) || titles.includes("unsub_time")) return "unsubscribed";
  return /cleaned/i.test(name) || titles.includes("clean_time") ? "bounced" : "confirmed";
}

const elsewhere: Preset = { ...plain, had: true };

export const presets: Readonly<Record<string, Preset>> = {
  plain,
  mailchimp: {
    ...elsewhere,
    otherwise: mailchimpState,
    proof: ["optin_time", "optin_ip", "confirm_time", "confirm_ip"],
  },
  // `active_subscription` says who pays, not who reads.
  substack: { ...elsewhere, state: ["email_disabled"], states: { true: "unsubscribed" }, proof: ["created_at"] },
  ghost: {
    ...elsewhere,
    state: ["subscribed_to_emails"],
    states: { false: "unsubscribed" },
    tags: ["labels"],
    proof: ["created_at"],
  },
  buttondown: {
    ...elsewhere,
    state: ["type", "subscriber_type", "state"],
    attributes: ["metadata"],
    proof: ["source", "creation_date", "ip_address", "referrer_url"],
  },
  listmonk: { ...elsewhere, state: ["subscription_status", "status"], proof: ["created_at"] },
};
