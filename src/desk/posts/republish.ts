/** Republishes a post: retries failed deliveries, edits published copies, finishes a cancelled mailing, or sends it again. */

import { z } from "zod";
import type { Reading } from "#core/posts/content.ts";
import type { Post } from "#core/posts/post.ts";
import type { PublicationReport } from "#core/publishing/publication.ts";
import { type RepublishPlan, republishModes } from "#core/publishing/republish.ts";
import { onceFor } from "#core/requests/request.ts";
import { republish } from "#pipeline/republishing/republish.ts";
import { planRepublication } from "#pipeline/republishing/republish-plan.ts";
import { type Actor, act, anyLimits, fields, type Shown } from "../act.ts";
import { republishAnswer } from "../answers/publication.ts";
import { reportsWithin, requireChannels } from "../limits.ts";
import type { OpenedPorts, Opening, SitePorts } from "../ports.ts";
import { isRefused, readNamed, refusedDocuments } from "./read.ts";

export const republishAsked = z
  .strictObject({
    post: z.string().min(1),
    channels: fields.channels,
    mode: z.enum(republishModes),
    reason: fields.reason.min(1).optional().describe("Recorded in the ledger. Required for a repost"),
    replace: z
      .boolean()
      .optional()
      .describe("With update: if a network can't edit, delete the post there and post it again"),
    correction: z
      .string()
      .trim()
      .min(1, "the correction is empty")
      .max(10_000)
      .optional()
      .describe("With repost: Markdown that is put above the post. Only readers who got the post get it"),
    dryRun: fields.dryRun,
  })
  .refine(({ mode, correction }) => mode === "repost" || correction === undefined, {
    path: ["correction"],
    error: 'a correction needs mode "repost"',
  })
  .refine(({ mode, reason, dryRun }) => mode !== "repost" || dryRun || reason, {
    path: ["reason"],
    error: "a repost goes to people who already have the post; a reason is required",
  });

type Asked = z.output<typeof republishAsked>;

export interface RepublishAnswer {
  reading: Reading;
  /** `null`: the post is held back by errors, and nothing was done. */
  plan: RepublishPlan | null;
  /** The number of deliveries and copies that were sent or edited. */
  done: number;
  publications: PublicationReport[];
}

type RepublishPorts = SitePorts &
  Opening<
    Pick<
      OpenedPorts,
      "ledger" | "queue" | "render" | "transport" | "shareLinks" | "identify" | "mayGo" | "edits" | "requests"
    >
  >;

export const republishPost = act({
  name: "posts.republish",
  asks: republishAsked,
  needs: "publish",
  within: anyLimits,
  answers: republishAnswer,
  async run(asked, actor: Actor, site: RepublishPorts): Promise<RepublishAnswer> {
    const { mode, reason = "" } = asked;
    const channels = site.channelsNamed(asked.channels);
    requireChannels(actor, asked.channels, channels);
    const reading = await readNamed(asked.post, actor, site);
    const { post: found } = reading;
    if (!found || isRefused(reading)) return { reading, plan: null, done: 0, publications: [] };
    const ports = await site.opened();
    const [post = found] = await ports.identify([found], { keep: !asked.dryRun });
    const wanted = { post, channels, mode, ...told(asked) };
    const plan = await planRepublication(wanted, ports);
    if (asked.dryRun) return { reading: known(reading, post), plan, done: 0, publications: [] };
    await ports.mayGo();
    const once = onceFor(actor.request, ports.requests);
    const request = { ...wanted, actor: actor.name, reason, signal: ports.edits(), once };
    const done = await republish(request, plan, ports);
    const publications = reportsWithin(actor, await ports.ledger.report(plan.postId), site);
    return { reading: known(reading, post), plan, done, publications };
  },
  document: republishDocument,
  after: ({ plan, done }: RepublishAnswer) => ({ posts: plan ? [plan.postId] : [], done }),
});

function republishDocument(
  { reading, plan, done, publications }: RepublishAnswer,
  { placeOf }: Shown,
): z.input<typeof republishAnswer> {
  return {
    plan,
    done,
    ...(publications.length > 0 && { publications }),
    ...(!plan && { refused: refusedDocuments([reading], placeOf) }),
  };
}

function told({ replace, correction }: Asked) {
  return { ...(replace && { replace }), ...(correction !== undefined && { correction }) };
}

function known(reading: Reading, post: Post): Reading {
  return { ...reading, post };
}
