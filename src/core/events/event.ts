/** What happens in the ledger, as it happens. */

/** A row of the ledger's history. */
export interface LedgerEvent {
  /** Counts up in the order in which others can see the events. */
  id: string;
  at: Date;
  /** Such as `publication.created` or `delivery.accepted`. */
  kind: string;
  post: string | null;
  publication: string | null;
  channel: string | null;
  data: Readonly<Record<string, unknown>> | null;
}

/** What a listener gets. */
export interface LiveEvent extends Omit<LedgerEvent, "id"> {
  /** Where to continue after this event; `null`: only after a later one, because some events of the same moment follow. */
  id: string | null;
}

export interface EventReader {
  /** The id after which everything is new. */
  newest(): Promise<string>;
  /** In order; never one before an earlier one that is still to be committed. */
  after(id: string, limit: number): Promise<LedgerEvent[]>;
}

export interface Watching {
  /** The last id that the listener has. Default: only what is new. */
  after?: string;
  /** Only events of these channels. Default: all events. */
  channels?: readonly string[];
  signal: AbortSignal;
}

export interface LiveEvents {
  /** Events until the signal fires or the server ends. @throws PostriderError `unavailable` if too many listen */
  watch(watching: Watching): AsyncIterable<LiveEvent[]>;
}
