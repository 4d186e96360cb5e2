/** Problems that are reported to the operator automatically. */

import type { Counts } from "./delivery.ts";

interface Common {
  channel: string;
  /** Of the post. */
  title: string;
  publicationId: string;
  at: Date;
}

export type Alert = Common &
  (
    | { kind: "alarm"; what: string }
    | { kind: "stalled"; message: string }
    | { kind: "paused"; reason: string }
    /** @param before - how many the publication before had on this channel to this list; `null` for the first. */
    | { kind: "finished"; counts: Partial<Counts>; prepared: number; before: number | null }
  );

export interface AlertBook {
  /**
   * Gives what nobody was told yet to `tell`, while no other process has it. What it throws over is given again,
   * later and later, for a week.
   */
  hand(tell: (alerts: readonly Alert[]) => Promise<void>): Promise<void>;
}
