/** What the acts need from a site, besides the ports of the pipeline. */

import type { AuditBook } from "#core/audit/audit.ts";
import type { ConfigError } from "#core/errors.ts";
import type { HookBook } from "#core/hooks/hook.ts";
import type { Edition, EditionBook } from "#core/jobs/edition.ts";
import type { Answers, JobFile } from "#core/jobs/job-file.ts";
import type { JobTrouble, Occurrence, OccurrenceBook } from "#core/jobs/occurrence.ts";
import type { TimerPlan } from "#core/jobs/timer-plan.ts";
import type { Listings } from "#core/listings/listings.ts";
import type { TokenBook } from "#core/people/api-token.ts";
import type { IdentityBook, PasskeyBook } from "#core/people/identity.ts";
import type { PeopleBook } from "#core/people/person.ts";
import type { SessionBook } from "#core/people/session.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Reading } from "#core/posts/content.ts";
import type { Post } from "#core/posts/post.ts";
import type { PlanBook } from "#core/publishing/kept-plan.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { ImportOptions, ImportRun } from "#core/readers/import.ts";
import type { Retained } from "#core/readers/retention.ts";
import type { SubscriberBook, SuppressionBook } from "#core/readers/subscriber-book.ts";
import type { Medium, Rendition } from "#core/renditions/rendition.ts";
import type { Once, RequestBook } from "#core/requests/request.ts";
import type { Engagement } from "#core/sending/engagement.ts";
import type { JobPlan } from "#pipeline/jobs/plan-job.ts";
import type { Decision } from "#pipeline/jobs/review.ts";
import type { Done } from "#pipeline/jobs/run-jobs.ts";
import type { Recognition } from "#pipeline/publishing/recognise.ts";
import type { WithdrawPorts } from "#pipeline/republishing/withdraw.ts";

/** Reads a named post. */
export interface ReadPorts {
  /** Reads any file. */
  readFile(path: string): Promise<Reading>;
  /** Reads a post of the site by its path or its id, and nothing outside of the site. @throws PostriderError `not_found` */
  readPost(name: string): Promise<Reading>;
}

/** The posts, channels and lists of the site. */
export interface SitePorts extends ReadPorts {
  /** The address at which this secret opens a session in the console. */
  signInUrl(secret: string): string;
  /** The files of all posts, those that were edited last at first. */
  postFiles(): Promise<string[]>;
  /** The channels with these names; default: all. @throws UsageError for an unknown name */
  channelsNamed(names?: readonly string[]): Channel[];
  /** Why a post is not sent to a channel automatically; empty: it is sent. */
  leftOut(post: Post, channel: Channel): string;
  /** A post's path in a plan: relative to the site's folder. */
  placeOf(path: string): string;
  /** The lists in the configuration. */
  listsNamed(): string[];
  /** The lists that channels send to, with the names of these channels. */
  mailedLists(): ReadonlyMap<string, readonly string[]>;
  /** Segment expressions by name. */
  segments: Readonly<Record<string, string>>;
  /** The channels of a medium. Missing settings of other channels don't matter. @throws ConfigError */
  channelsOf(medium: Medium): Channel[];
  /** All channels in their order. `error`: why one can't be used, for example a missing credential. */
  configuredChannels(): { channel: Channel; error?: unknown }[];
  /** Renders a post for a channel without any connection. */
  renderOffline(post: Post, channel: Channel): Promise<Rendition>;
}

/** Opens the ledger and the queue when an act needs them: an act that stops because of errors in a post needs neither. */
export interface Opening<Ports> {
  opened(): Promise<Ports>;
}

/** The people who get email, and those who must not. */
export interface ReaderPorts {
  subscribers: SubscriberBook;
  suppressions: SuppressionBook;
  /** Begins an import, or continues an interrupted one. */
  openImport(options: ImportOptions): Promise<ImportRun>;
  /** Erases personal data whose retention time is over. @param dryRun - only counts */
  retain(dryRun: boolean): Promise<Retained>;
}

export interface FeedsPort {
  /** Writes every file of a feed that is not up to date. Returns the files. @param out - a folder instead of the configured one */
  build(channel: Channel, out?: string): Promise<string[]>;
}

export interface JobsPort {
  /** Every job with its next times and its last result, and mistakes in the files. */
  overview(): Promise<{ jobs: JobOverview[]; problems: readonly ConfigError[] }>;
  /** @param said - the values that a `republish` job asks for. @throws PostriderError */
  run(name: string, actor: string, said?: Answers, once?: Once<Done>): Promise<Done>;
  /** What `run` would do. Changes nothing. @throws PostriderError */
  plan(name: string, said?: Answers): Promise<JobPlan>;
  decide(decision: Decision): Promise<Edition>;
  /** Why a post is not published when its file has changed; empty: it is published. */
  whyLeftAlone(post: Post): Promise<string>;
  /** The differences between the timers and the job files. With `set`, the timers are corrected. */
  timers(set: boolean): Promise<{ timers: TimerPlan; problems: readonly ConfigError[] }>;
  editions: Pick<EditionBook, "list" | "find" | "contents" | "mail">;
  occurrences: Pick<OccurrenceBook, "list">;
}

export interface JobOverview {
  job: JobFile;
  next: Date[];
  last: Occurrence | null;
  trouble: JobTrouble | null;
}

export interface OperatingPorts {
  /** @throws PostriderError `conflict` if this database is a copy of the one that sends */
  mayGo(): Promise<void>;
  /** Limits the time of edits on networks, because the caller waits for the answer. */
  edits(): AbortSignal;
  /** How many readers of a list opened the email of a post and clicked links; `null` without tracking. */
  engagement(post: string, list: string): Promise<Engagement | null>;
  /** Makes this database the one that sends. Returns `false` if it already was. */
  arm(actor: string): Promise<boolean>;
  /** Withdraws a post from every feed, or from these. A rebuild then shows it as withdrawn. Returns the feeds that had it. */
  withdrawItems(postId: string, channels?: readonly string[]): Promise<string[]>;
}

/** Who may use the site. */
export interface PeoplePorts {
  people: PeopleBook;
  tokens: TokenBook;
  sessions: SessionBook;
  identities: IdentityBook;
  passkeys: PasskeyBook;
}

/** All ports of all acts. */
export type DeskPorts = SitePorts & OpenedPorts & Opening<OpenedPorts>;

/** The ports that exist after ledger and queue are open. */
export type OpenedPorts = SendingPorts &
  Recognition &
  ReaderPorts &
  PeoplePorts &
  OperatingPorts &
  Pick<WithdrawPorts, "editions"> & {
    jobs: JobsPort;
    feeds: FeedsPort;
    audit: AuditBook;
    requests: RequestBook;
    plans: PlanBook;
    hooks: HookBook;
    listings: Listings;
  };
