/** Subscribers, subscriptions and suppressions. */

import type { Attributes } from "./attributes.ts";

export interface Subscriber {
  /** Empty for forgotten people. */
  address: string;
  name?: string;
  /** BCP 47. */
  language?: string;
  attributes?: Attributes;
  lists: { name: string; state: SubscriptionState; since: Date; source: string; frequency: Frequency }[];
  suppressions: { reason: SuppressionReason; list?: string; since: Date; evidence?: string }[];
}

/** A person who must get no email. */
export interface Suppression {
  /** The address, until the person is erased. */
  address: string | null;
  /** The keyed hash of the address. */
  hash: string;
  reason: SuppressionReason;
  /** `null`: on all lists. */
  list: string | null;
  since: Date;
  evidence: string | null;
}

/** The greatest frequency of emails that a reader wants from a list. */
export type Frequency = "each" | "weekly" | "monthly";
export const frequencies: readonly Frequency[] = ["each", "weekly", "monthly"];

export type SubscriptionState = "unconfirmed" | "confirmed" | "unsubscribed";

/** A suppression takes precedence over every subscription. */
export type SuppressionReason = "hard-bounce" | "complaint" | "unsubscribe" | "manual" | "forgotten";

/** One person to add, from an import or a form. */
export interface NewSubscriber {
  address: string;
  name?: string;
}

/** Upper and lower case and surrounding white space don't make another person. The local part is otherwise unchanged (RFC 5321 §2.4). */
export function normalizeAddress(address: string): string {
  return address.trim().toLowerCase();
}

const dotAtom = /^[^\s@<>()[\]\\,;:"\p{Cc}]+$/u;
const hostname = /^(?=.{1,253}$)([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*[\p{L}\p{N}]$/u;

/** Why an address is invalid; `null` if it is valid. Stricter than RFC 5321: no quoted local part, no address literal, a dotted domain. */
export function addressProblem(address: string): string | null {
  const trimmed = address.trim();
  if (trimmed === "") return "no address";
  if (trimmed.length > 254) return "longer than 254 characters";
  const at = trimmed.lastIndexOf("@");
  if (at < 1) return "no @";
  const local = trimmed.slice(0, at);
  if (local.length > 64) return "more than 64 characters before the @";
  if (!dotAtom.test(local) || local.startsWith(".") || local.endsWith(".") || local.includes(".."))
    return "characters before the @ that an address can't contain";
  return hostname.test(trimmed.slice(at + 1)) ? null : "the part after the @ is not a domain name";
}
