/** How other services export subscribers: which column means what, and which words they use for a state. */

import type { ImportedState } from "#core/readers/import.ts";

/** Titles as they are compared: services write one as "Email disabled", `email_disabled` and "Email Disabled". */
export function plainTitle(title: string): string {
  return title.toLowerCase().replace(/[\s_-]+/g, "");
}

/** Titles of columns, the best first: where a file has several of them, it is the one that is meant. Compared as `plainTitle`. */
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
  /** Without a column for it, everybody in the file is this; services write one file for each state. @param titles - plain */
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
  confirmed: "confirmed",
  subscribed: "confirmed",
  active: "confirmed",
  enabled: "confirmed",
  // Buttondown's words for who reads, and perhaps pays.
  regular: "confirmed",
  premium: "confirmed",
  gifted: "confirmed",
  trialed: "confirmed",
  churning: "confirmed",
  churned: "confirmed",
};

/** What a column of yes and no says. */
function answered(yes: ImportedState, no: ImportedState): Preset["states"] {
  const words = (state: ImportedState, ...spellings: string[]) => spellings.map((word) => [word, state] as const);
  return Object.fromEntries([...words(yes, "true", "yes", "y", "t", "1"), ...words(no, "false", "no", "n", "f", "0")]);
}

const plain: Preset = {
  // Mailchimp's "Address" is where somebody lives.
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

/** Mailchimp writes a file for each state, and names file and a column after it. */
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
  // `active_subscription` says who pays, not who reads.
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
