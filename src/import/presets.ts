/** How other services export subscribers: which column means what, and which words they use for a state. */

import type { ImportedState } from "#core/readers/import.ts";

/** Column titles in the form in which they are compared: services write the same title as "Email disabled", `email_disabled` and "Email Disabled". */
export function plainTitle(title: string): string {
  return title.toLowerCase().replace(/[\s_-]+/g, "");
}

/** Column titles. If a file has several of them, the first in this order is used. Compared by `plainTitle`. */
export interface Columns {
  address: readonly string[];
  name: readonly string[];
  /** Columns with first and last name, if these are separate. */
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
  /** When, where and how somebody agreed. Stored with the subscription, under these titles. */
  proof: readonly string[];
}

export interface Preset extends Columns {
  /** Without a column for it, everybody in the file is this; services write one file for each state. @param titles - plain */
  otherwise(fileName: string, titles: readonly string[]): ImportedState;
  states: Readonly<Record<string, ImportedState>>;
  /** These readers got all earlier posts from this service, so these are not sent to them again. */
  had: boolean;
}

/** The services' words for people who must not get email any more. */
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
  confirmed: "confirmed",
  subscribed: "confirmed",
  active: "confirmed",
  enabled: "confirmed",
  // Buttondown's words for readers, with or without payment.
  regular: "confirmed",
  premium: "confirmed",
  gifted: "confirmed",
  trialed: "confirmed",
  churning: "confirmed",
  churned: "confirmed",
};

/** The meaning of yes and no in a column. */
function answered(yes: ImportedState, no: ImportedState): Preset["states"] {
  const words = (state: ImportedState, ...spellings: string[]) => spellings.map((word) => [word, state] as const);
  return Object.fromEntries([...words(yes, "true", "yes", "y", "t", "1"), ...words(no, "false", "no", "n", "f", "0")]);
}

const plain: Preset = {
  // Mailchimp's "Address" is the postal address.
  address: ["email", "email address", "mail", "address"],
  name: ["name", "full name"],
  names: ["first name", "last name"],
  state: ["subscription status", "status", "state"],
  timezone: ["time zone"],
  language: ["language", "lang", "locale"],
  tags: ["tags"],
  attributes: ["attributes"],
  frequency: ["frequency"],
  proof: ["consent", "source", "since"],
  otherwise: () => "confirmed",
  states,
  had: false,
};

/** Mailchimp writes one file per state. The file name and a column show the state. */
function mailchimpState(name: string, titles: readonly string[]): ImportedState {
  if (/unsubscribed/i.test(name) || titles.includes("unsubtime")) return "unsubscribed";
  return /cleaned/i.test(name) || titles.includes("cleantime") ? "bounced" : "confirmed";
}

const elsewhere: Preset = { ...plain, had: true };

export const presets: Readonly<Record<string, Preset>> = {
  plain,
  mailchimp: {
    ...elsewhere,
    otherwise: mailchimpState,
    proof: ["optin time", "optin ip", "confirm time", "confirm ip"],
  },
  // `active_subscription` is about payment, not about who gets email.
  substack: {
    ...elsewhere,
    state: ["email disabled"],
    states: answered("unsubscribed", "confirmed"),
    proof: ["created at", "start date"],
  },
  ghost: {
    ...elsewhere,
    state: ["subscribed to emails"],
    states: answered("confirmed", "unsubscribed"),
    tags: ["labels"],
    proof: ["created at"],
  },
  buttondown: {
    ...elsewhere,
    state: ["subscriber type", "type", "state"],
    attributes: ["metadata"],
    proof: ["source", "creation date", "ip address", "referrer url"],
  },
  listmonk: { ...elsewhere, state: ["subscription status", "status"], proof: ["created at"] },
};
