/** What the acts need of a site besides the ports of the verbs. */

import type { ConfigError } from "#core/errors.ts";
import type { AlarmPlan } from "#core/jobs/alarm-plan.ts";
import type { Edition, EditionBook } from "#core/jobs/edition.ts";
import type { Answers, JobFile } from "#core/jobs/job-file.ts";
import type { JobTrouble, Occurrence } from "#core/jobs/occurrence.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Reading } from "#core/posts/content.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { ImportOptions, ImportRun } from "#core/readers/import.ts";
import type { Retained } from "#core/readers/retention.ts";
import type { SubscriberBook, SuppressionBook } from "#core/readers/subscriber-book.ts";
import type { Medium, Rendition } from "#core/renditions/rendition.ts";
import type { Engagement } from "#core/sending/engagement.ts";
import type { JobPlan } from "#pipeline/jobs/plan-job.ts";
import type { Decision } from "#pipeline/jobs/review.ts";
import type { Recognition } from "#pipeline/publishing/recognise.ts";
import type { WithdrawPorts } from "#pipeline/republishing/withdraw.ts";

/** Reads a post that somebody names. */
export interface ReadPorts {
  /** Reads any file. */
  readFile(path: string): Promise<Reading>;
  /** Reads a post of the site by its path or its id, and nothing outside of the site. @throws PostriderError `not_found` */
  readPost(name: string): Promise<Reading>;
}

/** The posts, channels and lists of the site. */
export interface SitePorts extends ReadPorts {
  /** The channels of these names; default: all. @throws UsageError for a name that isn't there */
  channelsNamed(names?: readonly string[]): Channel[];
  /** Why a post does not go to a channel that nobody named; empty: it goes. */
  leftOut(post: Post, channel: Channel): string;
  /** A post's path as plans give it: from the folder of the site on. */
  placeOf(path: string): string;
  /** The lists that the configuration names. */
  listsNamed(): string[];
  /** The lists that channels mail to, with the names of these channels. */
  mailedLists(): ReadonlyMap<string, readonly string[]>;
  /** Expressions by their names. */
  segments: Readonly<Record<string, string>>;
  /** The channels of a medium: what others lack in the configuration does not matter. @throws ConfigError */
  channelsOf(medium: Medium): Channel[];
  /** Renders a post for a channel, and connects to nobody. */
  renderOffline(post: Post, channel: Channel): Promise<Rendition>;
}

/** Opens the ledger and the queue for an act that needs them only now: what is held back by its errors needs neither. */
export interface Opening<Ports> {
  opened(): Promise<Ports>;
}

/** Who gets mail, and who must not. */
export interface ReaderPorts {
  subscribers: SubscriberBook;
  suppressions: SuppressionBook;
  /** Begins an import, or goes on with one that was interrupted. */
  openImport(options: ImportOptions): Promise<ImportRun>;
  /** Erases what is known of people and was kept long enough. @param dryRun - counts only */
  retain(dryRun: boolean): Promise<Retained>;
}

export interface FeedsPort {
  /** Writes every file of a feed that is not up to date. Returns the files. @param out - a folder instead of the configured one */
  build(channel: Channel, out?: string): Promise<string[]>;
}

export interface JobsPort {
  /** Every job with its next times, what it came to last, and what is wrong with the files. */
  overview(): Promise<{ jobs: JobOverview[]; problems: readonly ConfigError[] }>;
  /** @param said - what a `republish` job asks. @throws PostriderError */
  run(name: string, actor: string, said?: Answers): Promise<Occurrence & { posts: string[] }>;
  /** What `run` would do. Changes nothing. @throws PostriderError */
  plan(name: string, said?: Answers): Promise<JobPlan>;
  decide(decision: Decision): Promise<Edition>;
  /** Why a post is not published only because its file has changed; empty: it is. */
  whyLeftAlone(post: Post): Promise<string>;
  /** How the timers differ from the job files; with `set` no longer. */
  alarms(set: boolean): Promise<{ alarms: AlarmPlan; problems: readonly ConfigError[] }>;
  editions: Pick<EditionBook, "list" | "find" | "contents" | "mail">;
}

export interface JobOverview {
  job: JobFile;
  next: Date[];
  last: Occurrence | null;
  trouble: JobTrouble | null;
}

export interface OperatingPorts {
  /** @throws PostriderError `conflict` where this database is a copy of the one that sends */
  mayGo(): Promise<void>;
  /** For edits on networks, while whoever asked waits for the answer. */
  edits(): AbortSignal;
  /** Who opened a mail of a post to a list, and followed its links; `null` where that is not seen. */
  engagement(post: string, list: string): Promise<Engagement | null>;
  /** Makes this database the one that sends. Returns whether another one was. */
  arm(actor: string): Promise<boolean>;
  /** Takes a post back in every feed, or in these; a rebuild then shows it as withdrawn. Returns the feeds that had it. */
  withdrawItems(postId: string, channels?: readonly string[]): Promise<string[]>;
}

/** Everything that some act needs. */
export type DeskPorts = SitePorts & OpenedPorts & Opening<OpenedPorts>;

/** What there is once ledger and queue are open. */
export type OpenedPorts = SendingPorts &
  Recognition &
  ReaderPorts &
  OperatingPorts &
  Pick<WithdrawPorts, "editions"> & { jobs: JobsPort; feeds: FeedsPort };
