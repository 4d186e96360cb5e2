/** Declared jobs: what is published when and to whom, without a command. */

import type { RepublishMode } from "#core/publishing/republish.ts";
import type { SendingRules } from "#core/sending/sending.ts";
import type { Schedule } from "./schedule.ts";

export const jobKinds = ["publish", "campaign", "republish", "maintenance"] as const;
export type JobFile = PublishJob | CampaignJob | RepublishJob | MaintenanceJob;

interface Declared {
  /** The file's name without its extension. */
  name: string;
  description: string;
  /** Absent: the job only runs when an operator runs it. */
  schedule?: Schedule;
}

/** Publishes every new post: as soon as it is public, or at the next scheduled time. */
export interface PublishJob extends Declared {
  kind: "publish";
  channels: string[];
  /** When a post is sent to a channel, by channel name. Replaces the channel's own `after`. */
  after?: Readonly<Record<string, (ready: Date) => Date>>;
}

/** One post, or a digest of several, to the readers of a list. */
export interface CampaignJob extends Declared {
  kind: "campaign";
  channels: string[];
  /** The file of one post, which is sent instead of a digest. */
  post?: string;
  posts: PostChoice;
  /** Replaces the list of the channel. A segment is in `sending`. */
  audience?: { list: string };
  /** Settings that replace those of the channel. */
  sending: SendingRules;
  /** Markdown, or a file with it. */
  intro?: string | { file: string };
  /** Markdown for the email when there is no new post. Absent: no email is sent then. */
  whenEmpty?: string;
  /** With `{number}`, `{date}`, `{count}`, `{first}`, `{site}` in it. */
  subject?: string;
  /** A file in `templates/email/`, without its extension. */
  template?: string;
  language?: string;
  /** It is sent only after one of them has approved it. */
  review?: { to: string[]; expiresSeconds: number };
}

/** Which posts are in an edition. A post is in at most one edition of a job. */
export interface PostChoice {
  /** `last-run`: posts that appeared since the job began; a number: the greatest age in seconds. */
  since: "last-run" | number;
  /** Only posts with one of these tags. Empty: all. */
  tags: string[];
  /** Only posts by one of these authors. Empty: all. */
  authors: string[];
  /** The maximum number of posts. The oldest come first; the others wait for the next edition. */
  limit?: number;
  /** The order of posts in the email. */
  order: "newest" | "oldest";
  /** One heading for each tag or author. */
  group: "none" | "tag" | "author";
}

export const questions = ["post", "channels", "mode", "reason"] as const;
export type Question = (typeof questions)[number];

/** Sends a post again. The operator gives the values that the file leaves open. */
export interface RepublishJob extends Declared, Answers {
  kind: "republish";
  /** The values that the operator gives. Absent: all missing values; without channels, all channels are meant. */
  ask?: Question[];
  /** With `update`: if a network can't edit, the copy is deleted and posted again. */
  replace?: boolean;
}

/** The values of a republication: from the file or from the operator. */
export interface Answers {
  post?: string;
  channels?: string[];
  mode?: RepublishMode;
  reason?: string;
}

export const maintenanceTasks = ["sweep", "feeds", "prune"] as const;
export type MaintenanceTask = (typeof maintenanceTasks)[number];

/** How old records may become before `prune` deletes them, in seconds. Absent: all are kept. */
export interface Keep {
  /** Runs that had nothing to do, and unused rate limits. */
  seconds: number;
  /** Stored emails of finished campaigns. */
  mailsSeconds?: number;
  /** Events of single deliveries of finished campaigns. */
  eventsSeconds?: number;
}

/** A job with maintenance tasks. */
export interface MaintenanceJob extends Declared {
  kind: "maintenance";
  tasks: MaintenanceTask[];
  keep: Keep;
}
