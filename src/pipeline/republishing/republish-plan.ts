/** Plans a republication for each channel: what was published, what the post says now, and who would get it twice. */

import type { Transport } from "#core/adapter.ts";
import { PostriderError } from "#core/errors.ts";
import type { AudienceLedger, PostLedger, PublicationLedger } from "#core/ports/deciding.ts";
import type { RepublicationLedger, WithdrawalLedger } from "#core/ports/operating.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { BatchLedger } from "#core/ports/sending.ts";
import type { Transactions } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { Copy, RepublishMode, RepublishPlan, RepublishStep } from "#core/publishing/republish.ts";
import type { Rendition } from "#core/renditions/rendition.ts";
import type { Once } from "#core/requests/request.ts";
import { isClosed } from "#pipeline/publishing/fate.ts";
import { differenceOf } from "#pipeline/renditions/difference.ts";
import type { Destination } from "#pipeline/renditions/renditions.ts";
import { correctedPost, toWhoGotIt } from "./correction.ts";

export interface RepublishPorts {
  ledger: Transactions &
    PostLedger &
    PublicationLedger &
    AudienceLedger &
    BatchLedger &
    RepublicationLedger &
    WithdrawalLedger;
  queue: JobQueue;
  render(post: Post, destination: Destination): Promise<Rendition>;
  transport(channel: string): Promise<Transport>;
  /** See `SendingPorts`. */
  shareLinks(postId?: string): Promise<void>;
}

export interface RepublishRequest {
  post: Post;
  channels: readonly Channel[];
  mode: RepublishMode;
  actor: string;
  reason: string;
  /** With `update`: if a network can't edit, the copy is deleted and posted again. Default: it stays as it is. */
  replace?: boolean;
  /** With `repost`: Markdown that explains the correction. Only people who received the post get an email with it. */
  correction?: string;
  signal: AbortSignal;
  /** For a request that may come again; default: each is a new one. */
  once?: Once;
}

type Wanted = Pick<RepublishRequest, "post" | "channels" | "mode" | "replace" | "correction">;

/** Writes nothing. @throws PostriderError `not_found` for a post that was never published */
export async function planRepublication(wanted: Wanted, ports: RepublishPorts): Promise<RepublishPlan> {
  const { post, channels, mode } = wanted;
  const postId = (await ports.ledger.knownAs(post)) ?? post.id;
  const known = new Map((await ports.ledger.copies(postId)).map((copy) => [copy.channel, copy]));
  const since = await ports.ledger.transaction((tx) => ports.ledger.withdrawnSince(tx, postId));
  // One that was withdrawn before it went anywhere, as from a digest, comes back by a repost as well.
  const first = known.size === 0 && since !== null && mode === "repost";
  if (known.size === 0 && !first)
    throw new PostriderError("not_found", "This post was never published", {
      file: post.path,
      hint: "`postrider publish` sends it for the first time.",
    });
  const stored = goingOut({ ...wanted, post: { ...post, id: postId } });
  const steps: RepublishStep[] = [];
  for (const channel of channels)
    steps.push(
      first
        ? await firstStep(stored, channel, ports)
        : await stepOf({ ...wanted, post: stored }, channel, known.get(channel.name), ports),
    );
  return { postId, mode, revision: stored.revision, withdrawn: since !== null, steps };
}

/** Of a post that was never published here. */
async function firstStep(post: Post, channel: Channel, { ledger }: RepublishPorts): Promise<RepublishStep> {
  const { pending } = await ledger.audienceOf(channel, post);
  const isLimited = isClosed(channel, post);
  return {
    ...{ channel: channel.name, adapter: channel.adapter, medium: channel.medium, wants: post.revision },
    ...{
      action: isLimited ? "none" : "send",
      reason: isLimited ? "it is not public" : "is sent there for the first time",
    },
    ...{ recipients: isLimited ? 0 : pending, again: 0, maybeAgain: 0, shows: null, diff: [] },
  };
}

/** With its correction, if it has one. */
export function goingOut({ post, mode, correction }: Wanted): Post {
  return mode === "repost" && correction !== undefined ? correctedPost(post, correction) : post;
}

/** What a mode does with a copy. Missing numbers are 0, and a missing difference is empty. */
type Decision = Pick<RepublishStep, "action" | "reason"> &
  Partial<Pick<RepublishStep, "recipients" | "again" | "maybeAgain" | "diff">>;

async function stepOf(
  wanted: Wanted,
  channel: Channel,
  copy: Copy | undefined,
  ports: RepublishPorts,
): Promise<RepublishStep> {
  const { action, reason, ...more } = copy
    ? await decide(wanted, channel, copy, ports)
    : nothing("the post was never published here; `postrider publish` sends it");
  return {
    ...{ channel: channel.name, adapter: channel.adapter, medium: channel.medium, wants: wanted.post.revision },
    ...{ action, reason, recipients: 0, again: 0, maybeAgain: 0, shows: copy?.revision ?? null, diff: [] },
    ...more,
  };
}

function nothing(reason: string): Decision {
  return { action: "none", reason };
}

async function decide(wanted: Wanted, channel: Channel, copy: Copy, ports: RepublishPorts): Promise<Decision> {
  const { post, mode, correction } = wanted;
  if (isClosed(channel, post) && mode !== "retry")
    return nothing(`the post is no longer public (${post.limited}); \`postrider feed withdraw\` withdraws it`);
  if (copy.withdrawnAt && mode !== "repost") return nothing("the post was withdrawn; `--mode repost` sends it again");
  if (mode === "finish") return finish(channel, copy, ports);
  if (mode === "retry") return retry(copy);
  if (correction !== undefined && channel.medium !== "email")
    return nothing("a correction is an email; `--mode update` corrects this copy");
  const diff = await differenceOf(post, copy, channel, ports);
  return mode === "repost" ? repost(wanted, channel, copy, diff, ports) : update(wanted, channel, copy, diff, ports);
}

/** Sends a mailing that was cancelled to those who did not get it. */
async function finish(channel: Channel, copy: Copy, { ledger }: RepublishPorts): Promise<Decision> {
  const { refused, uncertain, accepted, cancelled } = copy.counts;
  if (!copy.cancelledAt) return nothing("nothing was cancelled");
  const none = Object.values(copy.counts).every((number) => number === 0);
  if (!copy.begun || (none && channel.medium !== "email"))
    return nothing("it was cancelled before it was sent to anybody; `postrider publish` sends it");
  const wanting = await ledger.cancelledOf(copy.publicationId, channel.name);
  if (wanting + refused === 0) return nothing("everybody on the list got it or may have got it");
  const gone = cancelled - wanting;
  const facts = [
    "is sent to those who did not get it",
    accepted > 0 && `${accepted} got it and get nothing more`,
    uncertain > 0 && `${uncertain} may have got it and get nothing more`,
    gone > 0 && `${gone} unsubscribed or are suppressed and get nothing more`,
  ];
  return { action: "send", reason: facts.filter(Boolean).join("; "), recipients: wanting + refused };
}

function retry({ cancelledAt, counts: { refused, uncertain } }: Copy): Decision {
  if (cancelledAt) return nothing("it was cancelled; `--mode finish` sends it to everybody who did not get it");
  if (refused + uncertain === 0) return nothing("no delivery is refused or uncertain");
  const reason = "refused and uncertain deliveries are sent again";
  return { action: "send", reason, recipients: refused + uncertain, maybeAgain: uncertain };
}

async function repost(
  { post, correction }: Wanted,
  channel: Channel,
  { generation, counts: { accepted, uncertain } }: Copy,
  diff: string[],
  { ledger }: RepublishPorts,
): Promise<Decision> {
  const audience = correction === undefined ? channel : toWhoGotIt(channel, post.id);
  const { pending } = await ledger.audienceOf(audience);
  const everybody = {
    email: "is sent to everybody who is on the list now",
    note: "is posted in addition to the existing copy",
    feed: "replaces the feed item",
  }[channel.medium];
  return {
    action: "send",
    reason: `${correction === undefined ? everybody : "is sent to those who got the post"} (generation ${generation + 1})`,
    recipients: pending,
    again: correction === undefined ? Math.min(accepted, pending) : pending,
    maybeAgain: uncertain,
    diff,
  };
}

async function update(
  { post, replace = false }: Wanted,
  channel: Channel,
  copy: Copy,
  diff: string[],
  ports: RepublishPorts,
): Promise<Decision> {
  if (channel.medium === "email") return nothing("an email can't be edited after it was sent");
  if (copy.counts.uncertain > 0)
    return nothing("it may or may not have been posted: check there; if it was not, `--mode retry` posts it");
  if (!copy.delivery) return nothing("the network has no copy of the post");
  if (copy.revision === post.revision) return nothing("it is already up to date");
  const transport = await ports.transport(channel.name);
  if (transport.update) return { action: "edit", reason: "is edited there", recipients: 1, diff };
  if (!transport.retract) return nothing(`${channel.adapter} can't edit or delete; repost instead`);
  if (!replace)
    return nothing(`${channel.adapter} can't edit; with --replace the copy is deleted there and posted again`);
  const reason = "is deleted there and posted again: replies are lost, and followers see it twice";
  return { action: "replace", reason, recipients: 1, again: 1, diff };
}
