/** An email with several subjects, and which reader gets which. */

import type { ClaimedDelivery } from "#core/ports/sending.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { ChannelPublication } from "#core/publishing/publication.ts";
import type { Rendition } from "#core/renditions/rendition.ts";

/** The same objects for the same rendition: an adapter prepares each mail once. */
const known = new WeakMap<Rendition, Rendition[]>();

/** @param subject - from 1; `null` for a mail that has one. */
export function underSubject(rendition: Rendition, subject: number | null): Rendition {
  if (rendition.medium !== "email" || subject === null || !rendition.subjects) return rendition;
  const all = known.get(rendition) ?? rendition.subjects.map((each) => ({ ...rendition, subject: each }));
  known.set(rendition, all);
  return all[subject - 1] ?? rendition;
}

export interface Addressed {
  /** Those who can be written to now. */
  deliveries: readonly ClaimedDelivery[];
  /** The subject of deliveries outside the test. */
  subject: number | null;
  /** Milliseconds until the next lookup of the others. */
  retryIn: number | null;
}

/** Who doesn't try a subject waits until one is chosen; and where those who do have not all been written to, as long again. */
export async function underSubjects(
  { subjects, publicationId, channel, rules }: ChannelPublication,
  claimed: readonly ClaimedDelivery[],
  ledger: SendingPorts["ledger"],
): Promise<Addressed> {
  const rest = subjects === 1 ? [] : claimed.filter(({ subject }) => subject === null);
  if (rest.length === 0) return { deliveries: claimed, subject: null, retryIn: null };
  const chosen = await ledger.subjectChosen(publicationId, channel);
  if (typeof chosen === "number") return { deliveries: claimed, subject: chosen, retryIn: null };
  const retryIn = chosen === null ? (rules.subjectTest?.waitSeconds ?? 0) * 1_000 : null;
  if (retryIn !== null)
    await ledger.defer(
      rest.map(({ id }) => id),
      retryIn,
    );
  return { deliveries: claimed.filter(({ subject }) => subject !== null), subject: null, retryIn };
}
