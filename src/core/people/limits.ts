/** The channels and lists to which a person or a token is limited. */

export interface Limits {
  /** Names of channels. Absent: all channels. */
  channels?: readonly string[] | undefined;
  /** Names of lists. Absent: all lists. */
  lists?: readonly string[] | undefined;
}

export const limitKinds = ["channels", "lists"] as const;
export type LimitKind = (typeof limitKinds)[number];

/** A destination: a channel, and the list that it sends to if it is one for email. */
export interface Destination {
  channel: string;
  list?: string | null | undefined;
}

/** A channel without a list has no readers, so only a limit to channels concerns it. */
export function isWithin({ channels, lists }: Limits, { channel, list }: Destination): boolean {
  return (!channels || channels.includes(channel)) && (!lists || !list || lists.includes(list));
}

/** `the channel feed`, `the lists staff, everyone`. */
export function limitText(kind: LimitKind, names: readonly string[]): string {
  return `the ${names.length === 1 ? kind.slice(0, -1) : kind} ${names.join(", ")}`;
}
