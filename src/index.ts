/** Postrider as a library: everything that an operator can do, for your own program. The command line and the API do the same. */

import type { z } from "zod";
import { channelsNamed, openApp, openSite } from "#app.ts";
import type { Log } from "#core/log.ts";
import { permissions } from "#core/people/permission.ts";
import type { PublicationReport } from "#core/publishing/publication.ts";
import type { SubscriberBook } from "#core/readers/subscriber-book.ts";
import { type Act, type Actor, perform } from "#desk/act.ts";
import { waitUntilSettled } from "#desk/deliveries/wait.ts";
import type { DeskPorts } from "#desk/ports.ts";

export type { AdapterKit } from "#app.ts";
export type { Adapter, EmailRecipient, Envelope, Schema, Tools, Traits, Transport } from "#core/adapter.ts";
export { ConfigError, type ErrorCode, PostriderError } from "#core/errors.ts";
export type { Log } from "#core/log.ts";
export type { Reading } from "#core/posts/content.ts";
export type { Diagnostic } from "#core/posts/diagnostic.ts";
export type { Post, Site } from "#core/posts/post.ts";
export type { PublishPlan } from "#core/publishing/plan.ts";
export type { ChannelReport, PublicationReport } from "#core/publishing/publication.ts";
export type { Published } from "#core/publishing/publishing.ts";
export type { RepublishPlan } from "#core/publishing/republish.ts";
export type { WithdrawalPlan, Withdrawn } from "#core/publishing/withdrawal.ts";
export type { SubscriberBook } from "#core/readers/subscriber-book.ts";
export type { EmailRendition, FeedRendition, Medium, NoteRendition, Rendition } from "#core/renditions/rendition.ts";
export type { Audit, Campaign } from "#core/sending/campaign.ts";
export {
  type Counts,
  DeliveryError,
  type DeliveryState,
  deliveryStates,
  type Failure,
  type Receipt,
} from "#core/sending/delivery.ts";
export type { Act, Actor } from "#desk/act.ts";
export { cancelCampaign, chooseSubject, pauseCampaign, resumeCampaign } from "#desk/campaigns/control.ts";
export { auditCampaign, listCampaigns, showCampaign } from "#desk/campaigns/read.ts";
export { retryDelivery } from "#desk/deliveries/retry.ts";
export { approveEdition, declineEdition } from "#desk/jobs/decide.ts";
export { type EditionAnswer, listEditions, listJobs, showEdition } from "#desk/jobs/read.ts";
export { planJob, type RunAnswer, runJob } from "#desk/jobs/run.ts";
export { type PublishAnswer, publishPosts } from "#desk/posts/publish.ts";
export { type RepublishAnswer, republishPost } from "#desk/posts/republish.ts";
export { type StatusAnswer, status } from "#desk/posts/status.ts";
export { type WithdrawAnswer, withdrawPost } from "#desk/posts/withdraw.ts";

export interface PostriderOptions {
  /** Path of `postrider.yaml`. Default: the one in the current folder. */
  config?: string;
  /** The data folder. Default: `.postrider` next to the configuration file. */
  data?: string;
  /** Recorded with every action. Default: `library`. */
  actor?: string;
  /** Default: nothing is logged. */
  log?: Log;
}

/** An opened site with its ledger and queue. Dispose of it to close them. */
export interface Postrider extends AsyncDisposable {
  /** Does one act, such as `publishPosts`. @throws PostriderError */
  act<Asked extends z.ZodType, Answer>(act: Act<Asked, Answer, DeskPorts>, asked: z.input<Asked>): Promise<Answer>;
  /**
   * Sends due deliveries and waits until these posts have settled.
   * @param posts - ids, as in `published` of the answer of `publishPosts`.
   * @param signal - stops the waiting; work in progress is finished first. Default: never.
   * @throws PostriderError `conflict` if this database is a copy of the one that sends
   */
  settle(posts: readonly string[], signal?: AbortSignal): Promise<PublicationReport[]>;
  subscribers: SubscriberBook;
}

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** @throws ConfigError for mistakes in the configuration; PostriderError `unavailable` for a database that can't be reached */
export async function openPostrider(options: PostriderOptions = {}): Promise<Postrider> {
  const { actor: name = "library", log = silent, ...where } = options;
  const site = await openSite({ ...where, log });
  const channels = channelsNamed(site);
  const app = await openApp(site, channels);
  const actor: Actor = { name, door: "library", permissions, isLocal: true };
  return {
    act: (act, asked) => perform(act, asked, actor, app.desk),
    async settle(posts, signal = new AbortController().signal) {
      await using _workers = await app.startWorkers(channels, new AbortController().signal);
      const names = channels.map((channel) => channel.name);
      // Awaited, because the workers stop when this function ends.
      return await waitUntilSettled(posts, names, app.desk, () => {}, signal);
    },
    subscribers: app.subscribers,
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}
