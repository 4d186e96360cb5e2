/** Refuses what is beyond an actor's limits to channels and lists, and leaves out of answers what is not theirs. */

import { PostriderError } from "#core/errors.ts";
import { type Destination, isWithin, type LimitKind, type Limits, limitKinds, limitText } from "#core/people/limits.ts";
import type { Channel, PublicationReport } from "#core/publishing/publication.ts";
import type { SitePorts } from "./ports.ts";

/** An actor: one who may have limits. */
interface Limited {
  limits?: Limits;
}

const hint = "Name only what is yours, or ask an admin to change your limits.";

/** @param held - the limits that the act can hold. @throws PostriderError `forbidden` */
export function requireHeld({ limits = {} }: Limited, held: readonly LimitKind[]): void {
  for (const kind of limitKinds) {
    const names = limits[kind];
    if (names && !held.includes(kind))
      throw new PostriderError("forbidden", `You are limited to ${limitText(kind, names)}, and this concerns others`, {
        hint: `Ask an admin: only people and tokens without a limit to ${kind} may do this.`,
      });
  }
}

/**
 * @param named - the channels that the request names. Without names all channels are meant, also those that are added later.
 * @throws PostriderError `forbidden`
 */
export function requireChannels(
  actor: Limited,
  named: readonly string[] | undefined,
  channels: readonly Pick<Channel, "name" | "list">[],
): void {
  const limits = actor.limits ?? {};
  for (const kind of limitKinds) {
    const names = limits[kind];
    if (names && !named)
      throw new PostriderError("forbidden", `You are limited to ${limitText(kind, names)}: name the channels`, {
        hint: "Without names, this concerns all channels.",
      });
  }
  requireDestinations(actor, channels.map(destinationOf));
}

/** @throws PostriderError `forbidden` */
export function requireDestinations({ limits = {} }: Limited, destinations: readonly Destination[]): void {
  for (const destination of destinations) {
    const { channel, list } = destination;
    if (isWithin(limits, destination)) continue;
    const { channels, lists = [] } = limits;
    const isOther = channels && !channels.includes(channel);
    const words = isOther
      ? `You are limited to ${limitText("channels", channels)}, and this concerns the channel ${channel}`
      : `You are limited to ${limitText("lists", lists)}, and the channel ${channel} sends to the list ${list}`;
    throw new PostriderError("forbidden", words, { hint });
  }
}

export function isOwnList({ limits }: Limited, list: string): boolean {
  return limits?.lists?.includes(list) ?? true;
}

/** @param list - `undefined`: all lists. @throws PostriderError `forbidden` */
export function requireOwnList({ limits = {} }: Limited, list: string | undefined): void {
  const { lists } = limits;
  if (!lists || (list !== undefined && lists.includes(list))) return;
  const words = list === undefined ? "name the list" : `this concerns the list ${list}`;
  throw new PostriderError("forbidden", `You are limited to ${limitText("lists", lists)}: ${words}`, {
    hint: list === undefined ? "Without a name, this concerns all lists." : hint,
  });
}

/** Whether an actor may see what was sent there. */
export function isSeen({ limits = {} }: Limited, destination: Destination): boolean {
  return isWithin(limits, destination);
}

export function destinationOf({ name, list }: { name: string; list?: string | null | undefined }): Destination {
  return { channel: name, list };
}

/** Without what an actor may not see. */
export function withinLimits<T extends Destination>(actor: Limited, all: readonly T[]): T[] {
  return all.filter((each) => isSeen(actor, each));
}

/** Without channels that are not the actor's, and without publications that have no other channel. */
export function reportsWithin(
  { limits }: Limited,
  reports: PublicationReport[],
  ports: Pick<SitePorts, "mailedLists">,
): PublicationReport[] {
  if (!limits) return reports;
  const sees = seesIn(limits, ports);
  return reports.flatMap((report) => {
    const channels = Object.entries(report.channels).filter(([channel]) => sees(channel));
    return channels.length > 0 ? [{ ...report, channels: Object.fromEntries(channels) }] : [];
  });
}

/** A channel may send to several lists in turn: then all of them must be the actor's. */
function seesIn(limits: Limits, { mailedLists }: Pick<SitePorts, "mailedLists">): (channel: string) => boolean {
  const lists = [...mailedLists()];
  return (channel) => {
    const own = lists.filter(([, channels]) => channels.includes(channel));
    return isWithin(limits, { channel }) && own.every(([list]) => isWithin(limits, { channel, list }));
  };
}
