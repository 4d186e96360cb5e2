/** One part of an import: who is in it and what happens to each, for the import and its dry run. */

import type { ImportCounts, ImportedState, ImportRow, ImportShare } from "#core/readers/import.ts";
import { normalizeAddress, type SubscriptionState, type SuppressionReason } from "#core/readers/subscriber.ts";
import type { Blocked } from "#store/readers/forget.ts";
import type { SeenHashes } from "./seen-hashes.ts";

/** A person in a share, with the values for the tables. */
export interface Person {
  row: ImportRow;
  normalized: string;
  hash: string;
  /** The recorded source of consent. */
  source: string;
}

export interface Share {
  /** People who appear for the first time, ordered by address, which is the order of the index. */
  people: readonly Person[];
  /** Lines with an address of an earlier line, in this share or before. */
  repeated: readonly number[];
  /** Repeated lines that say that a person unsubscribed. This overrides an earlier line. */
  leaving: readonly Person[];
}

/** What the database already knows about them. */
export interface Facts {
  /** By hash. */
  blocked: ReadonlyMap<string, Blocked>;
  /** By hash, for people who are on the list. */
  onList: ReadonlyMap<string, SubscriptionState>;
}

export function shareOf(
  rows: readonly ImportRow[],
  source: string,
  hashOf: (address: string) => string,
  seen: SeenHashes,
): Share {
  const people: Person[] = [];
  const repeated: number[] = [];
  const leaving: Person[] = [];
  for (const row of rows) {
    const normalized = normalizeAddress(row.address);
    const hash = hashOf(normalized);
    const person = { row, normalized, hash, source: row.proof === "" ? source : `${source}; ${row.proof}` };
    if (!seen.add(hash)) people.push(person);
    else {
      repeated.push(row.line);
      if (stops(row.state)) leaving.push(person);
    }
  }
  people.sort((a, b) => (a.normalized < b.normalized ? -1 : 1));
  return { people, repeated, leaving };
}

/** Leaves out forgotten people, about whom nothing is stored. */
export function withoutForgotten({ people, repeated, leaving }: Share, blocked: Facts["blocked"]): Share {
  if (blocked.size === 0) return { people, repeated, leaving };
  const remembered = ({ hash }: Person): boolean => blocked.get(hash) !== "forgotten";
  return { people: people.filter(remembered), repeated, leaving: leaving.filter(remembered) };
}

/** `passed`: imported by an earlier run. `stopped`: already on the list, but without email. */
const fates = [
  "never",
  "passed",
  "confirmed",
  "unconfirmed",
  "unsubscribed",
  "suppressed",
  "forgotten",
  "known",
  "ended",
  "stopped",
] as const;
type Fate = Exclude<(typeof fates)[number], "never">;

/** Counts a part that was written, or would be, and remembers each person's result. Parts come in order. */
export function tally({ people, repeated, leaving }: Share, facts: Facts, seen: SeenHashes): ImportShare {
  const counts = { confirmed: 0, unconfirmed: 0, unsubscribed: 0, suppressed: 0, forgotten: 0, known: 0, ended: 0 };
  const forgotten: number[] = [];
  for (const { row, hash } of people) {
    const fate = fateOf(row.state, facts.blocked.get(hash), facts.onList.get(hash));
    if (fate === "forgotten") forgotten.push(row.line);
    seen.setFate(hash, fates.indexOf(fate));
    count(counts, fate, 1);
  }
  for (const { row, hash } of leaving) {
    const before = fates[seen.fate(hash)];
    if (before === undefined || before === "never") continue;
    const after = afterLeaving(before, row.state);
    if (after === before) continue;
    seen.setFate(hash, fates.indexOf(after));
    count(counts, before, -1);
    count(counts, after, 1);
  }
  return { counts, duplicates: [...repeated], forgotten };
}

function count(counts: ImportCounts, fate: Fate, by: number): void {
  if (fate === "passed") return;
  if (fate === "ended" || fate === "stopped") counts.known += by;
  if (fate !== "stopped") counts[fate] += by;
}

function fateOf(state: ImportedState, blocked: Blocked | undefined, onList: SubscriptionState | undefined): Fate {
  if (blocked === "forgotten") return "forgotten";
  if (onList !== undefined) {
    if (onList === "unsubscribed" || blocked) return "stopped";
    return stops(state) ? "ended" : "known";
  }
  if (suppressedFor[state]) return "suppressed";
  if (state === "unsubscribed") return "unsubscribed";
  return blocked ? "suppressed" : subscribedAs(state);
}

function afterLeaving(fate: Fate, state: ImportedState): Fate {
  if (fate === "known") return "ended";
  if (fate !== "confirmed" && fate !== "unconfirmed" && fate !== "unsubscribed") return fate;
  return suppressedFor[state] ? "suppressed" : "unsubscribed";
}

/** The person gets no email any more, even if other lines say otherwise. */
export function stops(state: ImportedState): boolean {
  return state !== "confirmed" && state !== "unconfirmed";
}

/** The state of the subscription itself: a bounce is not an unsubscription. */
export function subscribedAs(state: ImportedState): SubscriptionState {
  if (state === "bounced") return "confirmed";
  return state === "complained" || state === "blocked" ? "unsubscribed" : state;
}

export const suppressedFor: Partial<Record<ImportedState, SuppressionReason>> = {
  bounced: "hard-bounce",
  complained: "complaint",
  blocked: "manual",
};
