/**
 * Withdraws a post: cancels what was not sent, deletes social posts where possible, and marks the post. Sent emails
 * can't be taken back.
 */

import type { Transport } from "#core/adapter.ts";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { EditionBook } from "#core/jobs/edition.ts";
import type { PostLedger } from "#core/ports/deciding.ts";
import type { ReportLedger, WithdrawalLedger } from "#core/ports/operating.ts";
import type { Transaction, Transactions } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel, ChannelReport } from "#core/publishing/publication.ts";
import type {
  HoldingEdition,
  OpenCopy,
  TakenBack,
  WithdrawalPlan,
  WithdrawalStep,
  Withdrawn,
} from "#core/publishing/withdrawal.ts";
import { DeliveryError } from "#core/sending/delivery.ts";

export interface WithdrawPorts {
  ledger: Transactions & PostLedger & WithdrawalLedger & ReportLedger;
  editions: Pick<EditionBook, "decide" | "freePosts">;
  transport(channel: string): Promise<Transport>;
  /** Shows the post as withdrawn in these feeds. Returns those that had it. */
  withdrawItems(postId: string, channels: readonly string[]): Promise<string[]>;
  shareLinks(postId?: string): Promise<void>;
}

/** What to withdraw. */
export interface Withdrawable {
  /** The post from the ledger, or else from its file. */
  post: Pick<Post, "id" | "url" | "title">;
  /** All of the site, or those that were named. */
  channels: readonly Channel[];
  /** Only these channels: the post itself is not marked. */
  some: boolean;
}

/** Changes nothing. @throws PostriderError `not_found` for a post that was never published and stands in no digest */
export async function planWithdrawal(
  { post, channels, some }: Withdrawable,
  { ledger, transport }: Pick<WithdrawPorts, "ledger" | "transport">,
): Promise<WithdrawalPlan> {
  const [known] = await ledger.report(post.id);
  const editions = holding(await ledger.editionsWith(post), { channels, some });
  if (!known && editions.length === 0) throw new PostriderError("not_found", "This post was never published");
  const open = await ledger.openCopies(post.id);
  const steps: WithdrawalStep[] = [];
  for (const channel of channels) {
    const copies = open.filter((copy) => copy.channel === channel.name);
    const canRetract = copies.length > 0 && Boolean((await transport(channel.name)).retract);
    steps.push(stepOf(channel, known?.channels[channel.name], copies, canRetract));
  }
  // What the configuration no longer has can still be waiting.
  const gone = Object.entries(some ? {} : (known?.channels ?? {})).filter(([name]) => !isAmong(channels, name));
  for (const [name, report] of gone) {
    const copies = open.filter((copy) => copy.channel === name);
    steps.push(stepOf({ name, adapter: report.adapter, medium: report.medium }, report, copies, false));
  }
  const marked = some ? null : await ledger.transaction((tx) => ledger.withdrawnSince(tx, post.id));
  return { postId: post.id, title: post.title, marks: !some && marked === null, steps, editions };
}

/** The digests that go where the post is taken back. */
function holding(
  editions: readonly HoldingEdition[],
  { channels, some }: Pick<Withdrawable, "channels" | "some">,
): HoldingEdition[] {
  return editions.filter((edition) => !some || edition.channels.some((name) => isAmong(channels, name)));
}

function isAmong(channels: readonly Channel[], name: string): boolean {
  return channels.some((channel) => channel.name === name);
}

function stepOf(
  { name, adapter, medium }: Pick<Channel, "name" | "adapter" | "medium">,
  report: ChannelReport | undefined,
  copies: OpenCopy[],
  canRetract: boolean,
): WithdrawalStep {
  const pending = report ? report.counts.pending + report.counts.retrying : 0;
  const base = { channel: name, adapter, medium, pending, copies: canRetract ? copies : [] };
  if (!report) return { ...base, actions: ["none"], reason: "the post was never published here" };
  const reasons: string[] = [];
  const actions: WithdrawalStep["actions"] = [];
  const { counts, scheduledFor, gate, freezing, cancelledAt, withdrawnAt } = report;
  const waits = cancelledAt ? undefined : scheduledFor;
  if (waits) reasons.push(`is scheduled for ${waits.toISOString()}: that is cancelled`);
  else if (gate && !cancelledAt) reasons.push("waits for its page: that is cancelled");
  if (freezing) reasons.push("its audience is being written: that is cancelled");
  if (pending > 0) reasons.push(`${pending} that were not sent are cancelled`);
  if (waits || (gate && !cancelledAt) || freezing || pending > 0) actions.push("cancel");
  if (counts.sending > 0) reasons.push(`${counts.sending} are being sent now and may arrive`);
  if (medium === "email" && counts.accepted > 0)
    reasons.push(`${counts.accepted} emails were sent and can't be taken back`);
  if (medium === "email" && counts.uncertain > 0) reasons.push(`${counts.uncertain} emails may have been sent`);
  if (medium === "feed" && counts.accepted > 0 && !withdrawnAt) {
    actions.push("show-withdrawn");
    reasons.push("is shown as withdrawn, and removed later");
  }
  if (canRetract) {
    actions.push("retract");
    reasons.push("is deleted there");
  } else if (copies.length > 0) reasons.push(`${adapter} can't delete it; delete it there yourself`);
  if (counts.uncertain > 0 && medium === "note") reasons.push("one may have been posted: check there");
  if (withdrawnAt) reasons.push(`was withdrawn at ${withdrawnAt.toISOString()}`);
  else if (cancelledAt) reasons.push(`was cancelled at ${cancelledAt.toISOString()}`);
  if (reasons.length === 0) reasons.push("nothing was sent here");
  return { ...base, actions: actions.length > 0 ? actions : ["none"], reason: reasons.join("; ") };
}

/** Nothing would change. */
export function isIdle({ steps, marks, editions }: WithdrawalPlan): boolean {
  return !marks && steps.every(({ actions }) => actions.includes("none")) && editions.every(({ open }) => !open);
}

/**
 * First cancels everything that was not sent, in one transaction, including deliveries that are newer than the plan.
 * Then deletes the published copies, channel by channel. Failures are reported, and those copies stay published.
 */
export async function withdraw(
  { post, channels, some }: Withdrawable,
  { actor, reason, signal }: { actor: string; reason: string; signal: AbortSignal },
  ports: WithdrawPorts,
): Promise<Withdrawn[]> {
  const { ledger } = ports;
  const before = await planWithdrawal({ post, channels, some }, ports);
  const names = channels.map(({ name }) => name);
  const taken = await ledger.transaction(async (tx) => {
    // Before anything else is locked: editions are prepared in the same order.
    const editions = holding(await ledger.editionsWith(post, tx), { channels, some });
    // A post that only stood in digests has no row yet.
    if (isWhole(post)) await ledger.rememberPost(tx, post);
    for (const edition of editions.filter(({ open }) => open)) await stop(tx, edition, post, actor, ports);
    return ledger.withdrawPost(tx, { postId: post.id, ...(some && { channels: names }), actor, reason });
  });
  // Read only now, because more may have been accepted while the plan was made.
  const open = await ledger.openCopies(post.id);
  const results: Withdrawn[] = [];
  for (const { channel, medium } of before.steps) {
    const result = resultOf(
      channel,
      taken.find((each) => each.channel === channel),
    );
    const copies = open.filter((copy) => copy.channel === channel);
    const transport = isAmong(channels, channel) && copies.length > 0 ? await ports.transport(channel) : null;
    // The newest first: an older one may be what it answers to.
    for (const copy of transport?.retract ? copies.toReversed() : []) {
      const problem = await retractOne(copy, ports, signal);
      if (problem) result.problems.push(problem);
      else {
        await ledger.transaction((tx) => ledger.withdrawn(tx, copy, actor, reason));
        result.retracted++;
      }
    }
    if (medium === "feed") {
      const had = await ports.withdrawItems(post.id, [channel]);
      if (had.length > 0 && isAmong(channels, channel)) await (await ports.transport(channel)).rebuild?.([], signal);
      result.retracted += had.length;
    }
    results.push(result);
  }
  await ports.shareLinks(post.id);
  return results;
}

/** Known by more than its id: read from its file, and to be stored. */
function isWhole(post: Withdrawable["post"]): post is Post {
  return "revision" in post;
}

/** A digest with the post is not continued. If nobody received it yet, its other posts can go into the next edition. */
async function stop(
  tx: Transaction,
  { job, number, state, postId }: HoldingEdition,
  { title }: Withdrawable["post"],
  actor: string,
  { ledger, editions }: Pick<WithdrawPorts, "ledger" | "editions">,
): Promise<void> {
  if (state === "waiting") {
    if (await editions.decide(tx, { job, number }, "declined", actor)) return;
    throw new PostriderError(
      "conflict",
      `Edition ${number} of ${job} was decided by somebody else just now; nothing was changed`,
      {
        hint: "Run the same command again.",
      },
    );
  }
  await ledger.withdrawPost(tx, { postId, actor, reason: `it contains "${title}", which was withdrawn` });
  await editions.freePosts(tx, { job, number });
}

function resultOf(channel: string, taken: TakenBack | undefined): Withdrawn {
  const { cancelled = 0, waiting = false, sending = 0 } = taken ?? {};
  return { channel, retracted: 0, cancelled, unscheduled: waiting, sending, problems: [] };
}

/** Why it is still out; `null`: it is not. */
async function retractOne(
  { channel, receipt }: OpenCopy,
  { transport }: Pick<WithdrawPorts, "transport">,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    await (await transport(channel)).retract?.(receipt, signal);
    return null;
  } catch (error) {
    return error instanceof DeliveryError ? error.failure.message : messageOf(error);
  }
}
