/** Waits for a batch's turn: the limits of the channel and of recipients' providers, shared by all workers. */

import type { ClaimedDelivery } from "#core/ports/sending.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { ChannelPublication } from "#core/publishing/publication.ts";
import type { Failure } from "#core/sending/delivery.ts";
import { type Bucket, bucketsOf, type Pace, paceFor, warmUpBucket } from "#core/sending/sending.ts";

export interface Turns {
  /** Up to `size` deliveries that may go now; none when there are none left; or how long the whole channel has to wait. */
  next(size: number, signal: AbortSignal): Promise<{ group: ClaimedDelivery[] } | { pauseMs: number }>;
  /** A recipient's provider said "later". */
  failed(delivery: ClaimedDelivery, failure: Failure): Promise<void>;
  /** Puts off what has to wait. Milliseconds until its turn comes, or `null` when nothing waits. */
  close(): Promise<number | null>;
}

/** During a longer wait, the worker takes other jobs. */
const longestWaitMs = 2_000;
/** After this number of deferrals in a row, a provider gets nothing… */
const patience = 3;
/** …for this time, unless the answer names another one. */
const restMs = 60_000;

export async function openTurns(
  deliveries: readonly ClaimedDelivery[],
  { channel, adapter, rules }: ChannelPublication,
  { ledger, clock, networkRate }: SendingPorts,
): Promise<Turns> {
  const pace = paceFor(rules.pace, networkRate(adapter));
  const waiting = [...deliveries].reverse();
  const providers = await openProviders(deliveries, channel, pace.domains, ledger);

  const buckets = (): Bucket[] => {
    const warmUp = pace.warmUp && warmUpBucket(channel, pace.warmUp, clock.now());
    return [...(warmUp ? [warmUp] : []), ...bucketsOf(channel, pace)];
  };

  return {
    async next(size, signal) {
      const group: ClaimedDelivery[] = [];
      while (group.length < size) {
        const delivery = waiting.pop();
        if (!delivery) break;
        if (await providers.mayGo(delivery)) group.push(delivery);
      }
      const limits = buckets();
      if (group.length === 0 || limits.length === 0) return { group };
      for (;;) {
        const { granted, waitMs } = await grant(limits, group.length, ledger);
        if (granted > 0) {
          waiting.push(...group.splice(granted).reverse());
          return { group };
        }
        if (waitMs > longestWaitMs || signal.aborted) return { pauseMs: waitMs };
        await clock.sleep(waitMs, signal).catch(() => undefined);
      }
    },
    failed: providers.failed,
    close: providers.putOff,
  };
}

/** What every bucket grants. The slowest is asked first, and a faster one for no more than that. */
async function grant(
  wanted: readonly Bucket[],
  size: number,
  ledger: SendingPorts["ledger"],
): Promise<{ granted: number; waitMs: number }> {
  let granted = size;
  for (const bucket of wanted) {
    const answer = await ledger.takePace(bucket, granted);
    if (answer.granted === 0) return answer;
    granted = answer.granted;
  }
  return { granted, waitMs: 0 };
}

interface Providers {
  /** Whether the recipient's own provider may get one more. `putOff` puts off those that may not. */
  mayGo(delivery: ClaimedDelivery): Promise<boolean>;
  failed: Turns["failed"];
  putOff: Turns["close"];
}

/** The recipients' providers: their rates, and which of them get nothing for a while. */
async function openProviders(
  deliveries: readonly ClaimedDelivery[],
  channel: string,
  rates: Pace["domains"],
  ledger: SendingPorts["ledger"],
): Promise<Providers> {
  const deferred = new Map<string, { ids: string[]; waitMs: number }>();
  const refusals = new Map<string, number>();
  const keyOf = (domain: string): string => `${channel} @${domain}`;
  const domains = new Set(deliveries.map(domainOf).filter((domain) => domain !== ""));
  const blocked = new Map<string, number>();
  if (domains.size > 0) for (const [key, ms] of await ledger.blockedPace([...domains].map(keyOf))) blocked.set(key, ms);

  const defer = (delivery: ClaimedDelivery, waitMs: number): void => {
    const domain = domainOf(delivery);
    const group = deferred.get(domain) ?? { ids: [], waitMs };
    group.ids.push(delivery.id);
    deferred.set(domain, group);
  };

  return {
    async mayGo(delivery) {
      const domain = domainOf(delivery);
      const rest = blocked.get(keyOf(domain));
      if (rest !== undefined) {
        defer(delivery, rest);
        return false;
      }
      const rate = rates?.[domain];
      if (!rate) return true;
      const { granted, waitMs } = await grant(bucketsOf(keyOf(domain), rate), 1, ledger);
      if (granted > 0) return true;
      defer(delivery, waitMs);
      return false;
    },
    async failed(delivery, failure) {
      const domain = domainOf(delivery);
      if (domain === "") return;
      const count = (refusals.get(domain) ?? 0) + 1;
      refusals.set(domain, count);
      if (count < patience && failure.kind !== "throttled") return;
      const ms = failure.retryAfter ?? restMs;
      blocked.set(keyOf(domain), ms);
      await ledger.blockPace(keyOf(domain), ms);
    },
    async putOff() {
      for (const { ids, waitMs } of deferred.values()) await ledger.defer(ids, waitMs);
      return deferred.size > 0 ? Math.min(...[...deferred.values()].map(({ waitMs }) => waitMs)) : null;
    },
  };
}

function domainOf({ subscriber }: ClaimedDelivery): string {
  return subscriber?.address.split("@").at(-1)?.toLowerCase() ?? "";
}
