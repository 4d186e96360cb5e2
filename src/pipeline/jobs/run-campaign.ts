/** Campaigns: chooses the posts of an edition, prepares it, and publishes it after approval. */

import { PostriderError } from "#core/errors.ts";
import type { Edition, EditionBook, EditionChannel } from "#core/jobs/edition.ts";
import type { CampaignJob } from "#core/jobs/job-file.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Post, Site } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { Digest, EmailRendition, MailingList } from "#core/renditions/rendition.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { requireNoneHeld } from "#pipeline/publishing/approval.ts";
import { joinedTo } from "#pipeline/publishing/join-transaction.ts";
import { publish } from "#pipeline/publishing/publish.ts";
import type { PublishPorts } from "#pipeline/publishing/reschedule.ts";
import { type Contents, choosePosts } from "./choose-posts.ts";
import type { Ran, Run } from "./run-jobs.ts";

export interface CampaignPorts {
  ledger: PublishPorts["ledger"];
  queue: JobQueue;
  editions: EditionBook;
  site: Site;
  /** The web address of the email to a list. */
  archived(postId: string, list: string): { url?: string; onWeb: boolean };
  channels: readonly Channel[];
  /** Why a post is not included in the email to a list; empty: it is included. */
  leftOut(post: Post, channel: EditionChannel): string;
  /** All posts as they are now, without posts that have errors. */
  posts(): Promise<Post[]>;
  /** @throws PostriderError if the file is not a post that may be published */
  post(path: string): Promise<Post>;
  /** A text file of the site. @throws PostriderError */
  text(path: string): Promise<string>;
  digest(digest: Digest): Promise<EmailRendition>;
  email(post: Post, list: MailingList): Promise<EmailRendition>;
  now(): Date;
}

/** An edition as it would be now. */
export interface Draft {
  edition: Omit<Edition, "state" | "publicationId" | "askedAt" | "decidedAt" | "decidedBy">;
  /** The post under which the ledger stores the edition. */
  post: Post;
  contents: Contents;
  mails: Map<string, EmailRendition>;
  /** For a digest: each email as the archive shows it. For a single post, the archive makes the page from the post. */
  pages: Map<string, EmailRendition>;
}

/** A job that runs for the first time leaves out existing posts. */
export async function beginCampaign(
  job: CampaignJob,
  ports: CampaignPorts,
): Promise<(tx: Transaction) => Promise<string>> {
  if (!beginsEmpty(job)) return async () => "";
  const posts = await ports.posts();
  return async (tx) => {
    await ports.editions.leaveOut(tx, job.name, posts);
    return `existing posts are treated as already published (posts: ${posts.length})`;
  };
}

/** How many existing posts a job would leave out on its first run; `null`: it leaves out none. */
export async function leavesOut(job: CampaignJob, ports: CampaignPorts): Promise<number | null> {
  return beginsEmpty(job) ? (await ports.posts()).length : null;
}

/** With `last-run`, the first edition would have no posts. A time window includes existing posts. */
function beginsEmpty({ post, posts }: CampaignJob): boolean {
  return !post && posts.since === "last-run";
}

/** Prepares the next edition. The returned function stores it and, without a review, publishes it. */
export async function runCampaign(
  job: CampaignJob,
  run: Run,
  ports: CampaignPorts,
): Promise<(tx: Transaction) => Promise<Ran>> {
  const draft = await draftEdition(job, run, ports);
  return async (tx) => {
    if (!draft) return { state: "nothing", outcome: nothingNew(job) };
    const { edition, post, contents, mails, pages } = draft;
    const withdrawn = await ports.ledger.withdrawnAmong(contents.posts, namesOf(edition.channels), tx);
    if (withdrawn.size > 0)
      throw new PostriderError(
        "conflict",
        `${[...withdrawn].join(", ")} was withdrawn while the edition was being prepared`,
        {
          hint: "Run the job again. The new edition leaves the post out.",
        },
      );
    const postId = await ports.ledger.rememberPost(tx, post);
    const known = (await ports.ledger.channelsOf(tx, postId)).map(({ channel }) => channel);
    if (edition.channels.every(({ name }) => known.includes(name)))
      return { state: "nothing", outcome: "no email: the post was already sent to these channels" };
    await ports.editions.add(tx, { edition: { ...edition, postId }, mails, pages, posts: contents.posts });
    if (job.review)
      return {
        state: "waiting",
        outcome: `edition ${edition.number} needs the approval of ${edition.reviewers.join(" or ")}`,
      };
    await ports.editions.decide(tx, edition, "approved", run.actor);
    const fresh = await sendEdition(tx, edition, post, run.actor, ports);
    return { state: "done", outcome: `edition ${edition.number} goes to ${fresh.join(", ")}`, posts: [postId] };
  };
}

/** The edition that would be sent now; `null` if there is no new post. Changes nothing. */
export async function draftEdition(job: CampaignJob, { at, actor }: Run, ports: CampaignPorts): Promise<Draft | null> {
  const channels = channelsOf(job, ports.channels);
  const number = await ports.editions.nextNumber(job.name);
  const written = job.post
    ? await onePost(job.post, channels, ports)
    : await digestOf(job, number, at, channels, ports);
  if (!written) return null;
  const { post } = written;
  const reviewers = job.review?.to ?? [];
  const from = Math.max(at.getTime(), ports.now().getTime());
  const expiresAt = job.review ? new Date(from + job.review.expiresSeconds * 1000) : null;
  return {
    ...written,
    edition: {
      ...{ job: job.name, number, postId: post.id, revision: post.revision, title: post.title, scheduledFor: at },
      ...{ actor, channels, reviewers, expiresAt },
    },
  };
}

/** Publishes an approved edition. Returns the channels that get it now. */
export async function sendEdition(
  tx: Transaction,
  { job, number, channels }: Pick<Edition, "job" | "number" | "channels">,
  post: Post,
  actor: string,
  { ledger, queue, editions, now }: Pick<CampaignPorts, "ledger" | "queue" | "editions" | "now">,
): Promise<string[]> {
  const full = channels.map((channel) => ({ ...channel, config: null }));
  const { fresh, postId } = await publish(
    // The edition was prepared only because the job has a review, if a channel demands an approval.
    { post, channels: full, actor, at: new Date(0), now: now(), isApproved: true },
    { ledger: joinedTo(tx, ledger), queue },
  );
  const [first] = (await ledger.channelsOf(tx, postId)).filter(({ channel }) => fresh.includes(channel));
  if (first) await editions.published(tx, { job, number }, first.publicationId);
  return fresh;
}

/** The channels with the job's list and pace. */
function channelsOf(job: CampaignJob, channels: readonly Channel[]): EditionChannel[] {
  return job.channels.map((wanted) => {
    const channel = channels.find(({ name }) => name === wanted);
    if (!channel) throw new PostriderError("not_found", `The channel "${wanted}" no longer exists`);
    if (!job.review)
      requireNoneHeld([channel], `Add \`review\` to the job: one of its reviewers then approves each edition.`);
    const { name, adapter, medium } = channel;
    const list = job.audience?.list ?? channel.list ?? name;
    return { name, adapter, medium, list, sending: { ...channel.sending, ...job.sending } };
  });
}

async function onePost(path: string, channels: readonly EditionChannel[], ports: CampaignPorts) {
  const post = await ports.post(path);
  if ((await ports.ledger.withdrawnAmong([post], namesOf(channels))).size > 0)
    throw new PostriderError("conflict", "This post was withdrawn", {
      file: path,
      hint: "`postrider republish --mode repost` sends it again.",
    });
  return {
    post,
    contents: { posts: [], groups: [] },
    mails: await eachList(channels, (list) => ports.email(post, list)),
    pages: new Map<string, EmailRendition>(),
  };
}

async function digestOf(
  job: CampaignJob,
  number: number,
  at: Date,
  channels: readonly EditionChannel[],
  ports: CampaignPorts,
) {
  const { site } = ports;
  const isMailed = (post: Post): boolean => channels.every((channel) => ports.leftOut(post, channel) === "");
  const mailed = (await ports.posts()).filter(isMailed);
  const withdrawn = await ports.ledger.withdrawnAmong(mailed, namesOf(channels));
  const unused = await ports.editions.unused(
    job.name,
    mailed.filter(({ id }) => !withdrawn.has(id)),
  );
  const contents = choosePosts(unused, job.posts, at, site.title);
  const [first] = contents.posts;
  if (!first && job.whenEmpty === undefined) return null;
  const language = job.language ?? site.language;
  const timezone = job.schedule?.timezone ?? site.timezone;
  const subject = job.subject && filled(job.subject, { number, at, contents, first, language, timezone, site });
  const opening = first ? job.intro : job.whenEmpty;
  const intro = typeof opening === "object" ? await ports.text(opening.file) : opening;
  const id = `edition:${job.name}:${number}`;
  const placeOf = (list: string) => ({ url: `${site.url}/`, ...ports.archived(id, list) });
  const written = (list: MailingList, archived: boolean) =>
    ports.digest({
      ...{ list, ...contents, publishedAt: at.toISOString(), language, archived },
      edition: { id, ...placeOf(list.name) },
      ...(subject && { subject }),
      ...(intro && { intro }),
      ...(job.template && { template: job.template }),
    });
  const mails = await eachList(channels, (list) => written(list, false));
  const pages = await eachList(channels, (list) => written(list, true));
  const [mail] = mails.values();
  if (!mail) return null;
  const text = contents.posts.map(({ title }) => title).join(" · ") || mail.subject;
  const post: Post = {
    ...{
      id,
      url: placeOf(channels[0]?.list ?? "").url,
      path: `jobs/${job.name}.yaml`,
      title: mail.subject,
      publishedAt: at.toISOString(),
    },
    revision: sha256([...mails.values()].map(({ revision }) => revision).join("\n")),
    ...{ language: mail.language, direction: first?.direction ?? "ltr", authors: [], tags: [] },
    ...{ summary: { text, source: "flattened" }, status: "ready", body: "", bodyLine: 1, diagnostics: [] },
    edition: { job: job.name, number },
  };
  return { post, contents, mails, pages };
}

function namesOf(channels: readonly EditionChannel[]): string[] {
  return channels.map(({ name }) => name);
}

/** One email for each list, because the footer names the list. */
async function eachList(
  channels: readonly EditionChannel[],
  write: (list: MailingList) => Promise<EmailRendition>,
): Promise<Map<string, EmailRendition>> {
  const mails = new Map<string, EmailRendition>();
  for (const name of new Set(channels.map(({ list }) => list ?? "")))
    mails.set(name, await write({ name, title: name }));
  return mails;
}

interface SubjectFacts {
  number: number;
  at: Date;
  contents: Contents;
  first: Post | undefined;
  language: string;
  timezone: string;
  site: Site;
}

function filled(pattern: string, { number, at, contents, first, language, timezone, site }: SubjectFacts): string {
  const values: Record<string, string> = {
    number: String(number),
    date: at.toLocaleDateString(language, { timeZone: timezone, dateStyle: "long" }),
    count: String(contents.posts.length),
    first: first?.title ?? site.title,
    site: site.title,
  };
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function nothingNew({ posts }: CampaignJob): string {
  const which = [
    posts.tags.length > 0 && `tags ${posts.tags.join(", ")}`,
    posts.authors.length > 0 && `authors ${posts.authors.join(", ")}`,
  ];
  const only = which.filter(Boolean).join(" and ");
  const since = posts.since === "last-run" ? "since the last edition" : "in its window";
  return `no email: there is no new post ${since}${only && ` with ${only}`}`;
}
