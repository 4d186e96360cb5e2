/** Makes few events for listeners out of many of the ledger. */

import type { LedgerEvent, LiveEvent } from "#core/events/event.ts";

/** What is told. Readers, people and tokens need other permissions than the one to listen. */
const told =
  /^(?:publication|campaign|channel|post|republication|withdrawal|delivery|job|edition|database|hook)(?:\.|$)/;

/**
 * All changes of deliveries become one event for each campaign and channel: how many are now in which state. Only the
 * last event has an id, so that whoever continues from an id misses nothing.
 */
export function summedUp(events: readonly LedgerEvent[]): LiveEvent[] {
  const last = events.at(-1);
  if (!last) return [];
  const progress = new Map<string, LiveEvent & { data: { changes: Record<string, number> } }>();
  const others: LiveEvent[] = [];
  for (const event of events) {
    if (!told.test(event.kind)) continue;
    if (!event.kind.startsWith("delivery.")) {
      others.push({ ...event, id: null });
      continue;
    }
    const { at, post, publication, channel } = event;
    const key = `${publication} ${channel}`;
    const known = progress.get(key) ?? {
      ...{ id: null, kind: "campaign.progress", post, publication, channel, at, data: { changes: {} } },
    };
    known.at = at;
    add(known.data.changes, event);
    progress.set(key, known);
  }
  const all = [...progress.values(), ...others];
  return all.length > 0 ? [...all.slice(0, -1), { ...(all.at(-1) as LiveEvent), id: last.id }] : [];
}

/** Gains and losses of each state. The history does not tell from which state deliveries became `sending` or `accepted`. */
function add(changes: Record<string, number>, { kind, data }: LedgerEvent): void {
  const count = typeof data?.["count"] === "number" ? data["count"] : 1;
  const named = kind.slice("delivery.".length);
  const state = named === "created" ? String(data?.["state"] ?? "pending") : named;
  changes[state] = (changes[state] ?? 0) + count;
}
