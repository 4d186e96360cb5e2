/** When a published post may be sent to a channel. */

export interface Timing {
  /** The earliest time for a post that is ready at the given time. */
  at(ready: Date): Date;
  /** The maximum number of posts per day, in `timezone`. Other posts wait for the next day. */
  postsADay?: number;
  /** IANA name. */
  timezone: string;
  /** Waits until the post's page is online, for at most this many seconds. */
  gateSeconds?: number;
}

/** The page that a publication waits for. */
export interface Gate {
  /** When waiting ends. */
  until: Date;
  /** The number of checks so far. */
  tries: number;
  /** The last answer of the page; empty before the first check. */
  said: string;
  /** The page was not online in time. An operator decides. */
  over: boolean;
}
