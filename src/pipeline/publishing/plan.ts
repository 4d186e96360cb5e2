/** Plans a publication completely, with a hash. Publishing with this hash does exactly this, or nothing. */

import type { AudienceLedger, PostLedger, PublicationLedger } from "#core/ports/deciding.ts";
import type { ReportLedger, RepublicationLedger, WithdrawalLedger } from "#core/ports/operating.ts";
import type { Transaction, Transactions } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { PlannedAudience, PlannedChannel, PlannedPost, PublishPlan } from "#core/publishing/plan.ts";
import type { Channel, ChannelReport, KnownChannel } from "#core/publishing/publication.ts";
import type { Rendition } from "#core/renditions/rendition.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { type Differing, differenceOf } from "#pipeline/renditions/difference.ts";
import { type Fate, fateOf } from "./fate.ts";
import { openMoments, readyAt } from "./moments.ts";
import { hasPassed, newTime } from "./reschedule.ts";

export interface PlanPorts extends Differing {
  ledger: Transactions &
    PostLedger &
    PublicationLedger &
    AudienceLedger &
    RepublicationLedger &
    WithdrawalLedger &
    ReportLedger;
  /** Why a post is not sent to a channel unless it is named; empty: it is sent. Absent: all channels were named. */
  leftOut?: (post: Post, channel: Channel) => string;
  /** A post's path in the plan. Default: the path that was read. */
  placeOf?: (path: string) => string;
}

export interface PlanTimes {
  now: Date;
  /** As for `publish`. */
  at?: Date;
  named?: boolean;
}

/** Writes nothing. @param posts - for a draft or a post with errors, the plan is to send nothing. */
export async function planPublication(
  posts: readonly Post[],
  channels: readonly Channel[],
  times: PlanTimes,
  ports: PlanPorts,
): Promise<PublishPlan> {
  const planned: PublishPlan["posts"] = [];
  for (const post of posts) {
    const { title, url, revision, status, diagnostics } = post;
    const path = ports.placeOf?.(post.path) ?? post.path;
    const known = await knownOf(post, channels, times, ports);
    const steps: PlannedChannel[] = [];
    for (const channel of channels) steps.push(await stepOf(post, channel, known, times, ports));
    planned.push({ post: post.id, path, title, url, revision, status, checks: diagnostics, channels: steps });
  }
  await ports.ledger.transaction((tx) => setTimes(tx, planned, posts, channels, times, ports));
  return { hash: sha256(JSON.stringify(planned.map(lasting))).slice(0, 16), posts: planned };
}

/** What the ledger knows about a post. */
export interface Known {
  report: Partial<Record<string, ChannelReport>>;
  channels: ReadonlyMap<string, KnownChannel>;
  withdrawnSince: Date | null;
  /** New times for channels that have not begun. */
  newTimes: ReadonlyMap<string, Date>;
}

export async function knownOf(
  post: Post,
  channels: readonly Channel[],
  { at, named }: PlanTimes,
  { ledger }: Pick<PlanPorts, "ledger">,
): Promise<Known> {
  const [report] = await ledger.report(post.id);
  return ledger.transaction(async (tx) => {
    const known = new Map((await ledger.channelsOf(tx, post.id)).map((channel) => [channel.channel, channel]));
    const newTimes = new Map<string, Date>();
    const asked = { post, ...(at && { at }), ...(named && { named }) };
    for (const channel of channels) {
      const earlier = known.get(channel.name);
      const time = earlier && !earlier.releasedAt && (await newTime(tx, channel, earlier, asked, ledger));
      if (time) newTimes.set(channel.name, time);
    }
    const withdrawnSince = await ledger.withdrawnSince(tx, post.id);
    return { report: report?.channels ?? {}, channels: known, withdrawnSince, newTimes };
  });
}

async function setTimes(
  tx: Transaction,
  planned: readonly PlannedPost[],
  posts: readonly Post[],
  channels: readonly Channel[],
  times: PlanTimes,
  { ledger }: PlanPorts,
): Promise<void> {
  const momentOf = openMoments(tx, ledger);
  for (const [index, post] of posts.entries()) {
    for (const step of planned[index]?.channels ?? []) {
      const ready = readyAt(post, times);
      const channel = channels.find(({ name }) => name === step.channel);
      if (!channel || (step.action !== "send" && step.action !== "reschedule")) continue;
      const at = await momentOf(channel, ready, step.publication ? [step.publication] : []);
      if (at > times.now) step.at = at.toISOString();
      if (at > times.now && ready <= times.now && moves(channel, ready)) step.afterMs = at.getTime() - ready.getTime();
      if (channel.timing?.gateSeconds) step.gated = true;
    }
  }
}

/** Whether its time depends on the time of publishing: an offset does, a time of day does not. */
function moves({ timing }: Channel, ready: Date): boolean {
  const moment = (time: number): number => timing?.at(new Date(time)).getTime() ?? time;
  return moment(ready.getTime() + 1) - moment(ready.getTime()) === 1;
}

/** Whether its audience is determined later, and may then be different. */
export function goesLater({ at, gated }: PlannedChannel): boolean {
  return at !== undefined || gated === true;
}

/** The parts of a plan that the hash covers. It leaves out what changes with time: a time after an offset, and an audience that is determined later. */
function lasting({ channels, ...post }: PlannedPost): unknown {
  return {
    ...post,
    channels: channels.map((step) => {
      const { at, audience, ...rest } = step;
      return { ...rest, ...(at && !rest.afterMs && { at }), ...(!goesLater(step) && { audience }) };
    }),
  };
}

async function stepOf(
  post: Post,
  channel: Channel,
  known: Known,
  times: PlanTimes,
  ports: PlanPorts,
): Promise<PlannedChannel> {
  const rendition = await ports.render(post, { ...channel, channel: channel.name });
  const earlier = known.channels.get(channel.name);
  const report = known.report[channel.name];
  const { fate, reason: why } = fateIn(post, channel, known, times, ports.leftOut);
  const left = report && fate === "begun" && !report.paused ? report.counts.pending + report.counts.retrying : 0;
  const reason = left > 0 && isSendable(post) ? "" : why;
  const isMoved = isAnother(known.newTimes.get(channel.name), earlier?.scheduledFor);
  const comes = fate === "waiting" && !isMoved;
  const action = reason ? "none" : comes ? "resume" : actionOf[fate];
  const isNew = action !== "none" && fate !== "begun";
  const audience = isNew ? await ports.ledger.plannedAudience(channel, post) : nobodyNew(left);
  const copy = earlier && (await ports.ledger.copies(post.id)).find((each) => each.channel === channel.name);
  return {
    ...{ channel: channel.name, adapter: channel.adapter, medium: channel.medium, action, audience },
    ...(reason && { reason }),
    ...(action === "reschedule" && earlier && { publication: earlier.publicationId }),
    ...(action === "reschedule" && earlier?.scheduledFor && { from: earlier.scheduledFor.toISOString() }),
    ...(rendition.medium === "email" && { subject: rendition.subject }),
    ...(rendition.medium === "note" && { text: [rendition.text, ...rendition.thread].join("\n\n") }),
    bytes: bytesOf(rendition),
    digest: sha256(JSON.stringify(rendition)),
    diff: copy ? await differenceOf(post, copy, channel, ports) : [],
  };
}

const actionOf = {
  ...{ fresh: "send", waiting: "reschedule", begun: "resume" },
  ...{ cancelled: "none", withdrawn: "none", closed: "none" },
} as const satisfies Record<Fate, PlannedChannel["action"]>;

/** What publishing would do on a channel, and the reason if nothing would be sent; empty: it would be sent. */
export function fateIn(
  post: Post,
  channel: Channel,
  known: Known,
  times: PlanTimes,
  leftOut: PlanPorts["leftOut"],
): { fate: Fate; reason: string } {
  const earlier = known.channels.get(channel.name);
  const fate = known.withdrawnSince ? "withdrawn" : fateOf(channel, earlier, { post, named: times.named ?? false });
  return { fate, reason: whyNot(post, channel, fate, known, times, leftOut) };
}

function whyNot(
  post: Post,
  channel: Channel,
  fate: Fate,
  { report, channels, withdrawnSince, newTimes }: Known,
  { at, now }: PlanTimes,
  leftOut: PlanPorts["leftOut"],
): string {
  if (!isSendable(post)) return post.status === "draft" ? "it is a draft" : "it has errors";
  const earlier = channels.get(channel.name);
  switch (fate) {
    case "closed":
      return `it is not public (${post.limited})`;
    case "fresh":
      if (at && hasPassed(at, now)) return `${at.toISOString()} has passed`;
      return leftOut?.(post, channel) ?? "";
    case "cancelled":
      return earlier?.reached
        ? "it was cancelled; `postrider republish --mode finish` sends it to those who did not get it"
        : "it was cancelled; name it to publish it";
    case "withdrawn": {
      const since = withdrawnSince ?? earlier?.withdrawnAt;
      return `it was withdrawn at ${since?.toISOString()}; \`postrider republish --mode repost\` sends it again`;
    }
    case "waiting":
      if (isAnother(newTimes.get(channel.name), earlier?.scheduledFor))
        return at && hasPassed(at, now) ? `${at.toISOString()} has passed` : "";
      if (isDue(earlier, now)) return "";
      return earlier?.scheduledFor
        ? `it is already scheduled for ${earlier.scheduledFor.toISOString()}`
        : "it is already waiting for its page";
    case "begun":
      if (report[channel.name]?.paused) return "it is paused; `postrider campaigns resume` sends the rest";
      if (report[channel.name]?.freezing) return "it is already being sent";
      return at ? "it is already published, so a new time has no effect" : "it is already published";
  }
}

/** Whether its time has come but no worker has sent it: then publishing sends it. */
function isDue(earlier: Pick<KnownChannel, "scheduledFor"> | undefined, now: Date): boolean {
  return earlier?.scheduledFor ? earlier.scheduledFor <= now : false;
}

function isAnother(time: Date | undefined, before: Date | null | undefined): boolean {
  return time !== undefined && time.getTime() !== before?.getTime();
}

export function isSendable({ status }: Post): boolean {
  return status === "ready" || status === "scheduled";
}

function nobodyNew(left: number): PlannedAudience {
  return { recipients: left, excluded: {}, fingerprint: "" };
}

function bytesOf(rendition: Rendition): number {
  if (rendition.medium === "note") return Buffer.byteLength(rendition.text + rendition.thread.join(""));
  if (rendition.medium === "feed") return Buffer.byteLength(rendition.html);
  const pictures = rendition.attachments.reduce((sum, { content }) => sum + content.length, 0);
  return Buffer.byteLength(rendition.html) + Buffer.byteLength(rendition.text) + pictures;
}
