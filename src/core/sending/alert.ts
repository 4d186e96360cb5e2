/** Problems that are reported to the operator automatically. */

import type { Counts } from "./delivery.ts";

interface Common {
  channel: string;
  /** The post's title. */
  title: string;
  publicationId: string;
  at: Date;
}

/** A webhook of the site's own programs: it did not take a message, or it is gone. */
interface HookAlert {
  kind: "hook";
  url: string;
  event: string;
  isGone: boolean;
  error: string;
  at: Date;
}

export type Alert = HookAlert | PublicationAlert;

export type PublicationAlert = Common &
  (
    | { kind: "alarm"; what: string }
    | { kind: "stalled"; message: string }
    | { kind: "paused"; reason: string }
    /** @param before - the number of recipients of the previous publication on this channel to this list; `null` for the first. */
    | { kind: "finished"; counts: Partial<Counts>; prepared: number; before: number | null }
  );

export interface AlertBook {
  /**
   * Passes new alerts to `tell`; one process at a time. If it throws, they are passed again, with growing delays, for
   * a week.
   */
  hand(tell: (alerts: readonly Alert[]) => Promise<void>): Promise<void>;
}
