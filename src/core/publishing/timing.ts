/** When a published post may go to a channel. */

export interface Timing {
  /** The first moment at which a post that is ready at this one may go. */
  at(ready: Date): Date;
  /** At most so many posts a day, by the clocks of `timezone`; what is more waits for the next day. */
  postsADay?: number;
  /** IANA name. */
  timezone: string;
  /** Nothing goes before the post's page answers; given up after so many seconds. */
  gateSeconds?: number;
}

/** What a publication waits for besides its time. */
export interface Gate {
  /** When waiting ends. */
  until: Date;
  /** Looks so far. */
  tries: number;
  /** What the page answered last; empty before the first look. */
  said: string;
  /** It was never live within the time: an operator decides. */
  over: boolean;
}
