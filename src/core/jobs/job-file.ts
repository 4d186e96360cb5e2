/** Declared jobs: what is published when and to whom, without a command. */

import type { RepublishMode } from "#core/publishing/republish.ts";
import type { SendingRules } from "#core/sending/sending.ts";
import type { Schedule } from "./schedule.ts";

export const jobKinds = ["publish", "campaign", "republish", "maintenance"] as const;
export type JobFile = PublishJob | CampaignJob | RepublishJob | MaintenanceJob;

interface Declared {
  /** The file's stem. */
  name: string;
  description: string;
  /** Absent: only when an operator runs it. */
  schedule?: Schedule;
}

/** Publishes every post that appears: as soon as it may be seen, or at the next time of the schedule. */
export interface PublishJob extends Declared {
  kind: "publish";
  channels: string[];
  /** When a post goes to a channel, by its name, in place of the channel's own `after`. */
  after?: Readonly<Record<string, (ready: Date) => Date>>;
}

/** One post, or a digest of several, to the readers of a list. */
export interface CampaignJob extends Declared {
  kind: "campaign";
  channels: string[];
  /** A file: this post, and no digest. */
  post?: string;
  posts: PostChoice;
  /** Instead of the list of the channel; a segment of it stands in `sending`. */
  audience?: { list: string };
  /** In place of those of the channel, as far as they are given. */
  sending: SendingRules;
  /** Markdown, or the file that holds it. */
  intro?: string | { file: string };
  /** Markdown of a mail that says that there is nothing new. Absent: then there is no mail. */
  whenEmpty?: string;
  /** With `{number}`, `{date}`, `{count}`, `{first}`, `{site}` in it. */
  subject?: string;
  /** A file of `templates/email/`, without its ending. */
  template?: string;
  language?: string;
  /** Nobody gets it before one of them has agreed. */
  review?: { to: string[]; expiresSeconds: number };
}

/** Which posts go into an edition. A post that was in an edition of the job never is in another. */
export interface PostChoice {
  /** `last-run`: those that appeared since the job began; a number: at most so many seconds old. */
  since: "last-run" | number;
  /** With one of them. Empty: all. */
  tags: string[];
  /** By one of them. Empty: all. */
  authors: string[];
  /** The oldest go first; the rest waits for the next edition. */
  limit?: number;
  /** How they stand in the mail. */
  order: "newest" | "oldest";
  /** One heading for each. */
  group: "none" | "tag" | "author";
}

export const questions = ["post", "channels", "mode", "reason"] as const;
export type Question = (typeof questions)[number];

/** Sends a post again. What the file leaves open is asked of the operator. */
export interface RepublishJob extends Declared, Answers {
  kind: "republish";
  /** What the operator has to say. Absent: whatever is missing; channels that nobody names are all. */
  ask?: Question[];
  /** With `update`: where a network can't edit, the copy is deleted and posted again. */
  replace?: boolean;
}

/** What a republication has to know: fixed in the file, or said by the operator. */
export interface Answers {
  post?: string;
  channels?: string[];
  mode?: RepublishMode;
  reason?: string;
}

export const maintenanceTasks = ["sweep", "feeds", "prune"] as const;
export type MaintenanceTask = (typeof maintenanceTasks)[number];

/** What `prune` leaves, in seconds of age. Absent: all. */
export interface Keep {
  /** Runs with nothing to do, and limits that nobody uses any more. */
  seconds: number;
  /** Mails as they were written once, of campaigns that are over. */
  mailsSeconds?: number;
  /** What happened to single deliveries, of campaigns that are over. */
  eventsSeconds?: number;
}

/** Housekeeping. */
export interface MaintenanceJob extends Declared {
  kind: "maintenance";
  tasks: MaintenanceTask[];
  keep: Keep;
}
