/** Keeps a plan under its hash, shows it, and carries it out exactly, or not at all. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import type { KeptPlan } from "#core/publishing/kept-plan.ts";
import { planDifferences } from "#core/publishing/plan-difference.ts";
import { type Actor, act, anyLimits, fields, given } from "../act.ts";
import { keptPlanAnswer } from "../answers/plan.ts";
import { publishAnswer } from "../answers/publication.ts";
import { requireChannels } from "../limits.ts";
import type { DeskPorts } from "../ports.ts";
import { type PublishAnswer, publishAsked, publishPosts } from "./publish.ts";

export const makePlan = act({
  name: "plans.make",
  asks: z.strictObject({
    posts: z.array(z.string().min(1)).min(1).max(100),
    channels: fields.channels,
    at: fields.time.optional(),
  }),
  needs: "check",
  within: anyLimits,
  answers: keptPlanAnswer,
  async run(asked, actor: Actor, ports: DeskPorts): Promise<KeptPlan> {
    const { plan, refused } = await publishPosts.run({ ...asked, dryRun: true }, actor, ports);
    const [first] = refused;
    if (!plan || plan.posts.length === 0)
      throw new PostriderError("invalid", `Nothing can be planned: ${first?.path ?? "no post"} has errors`, {
        hint: "`postrider check` shows them.",
      });
    return ports.plans.keep({ asked: given(asked), plan, actor: actor.name });
  },
  document: keptPlanDocument,
});

export const showPlan = act({
  name: "plans.show",
  asks: z.strictObject({ plan: z.string() }),
  needs: "check",
  within: anyLimits,
  answers: keptPlanAnswer,
  async run({ plan }, actor: Actor, ports: Pick<DeskPorts, "plans" | "channelsNamed">): Promise<KeptPlan> {
    return ownPlan(plan, actor, ports);
  },
  document: keptPlanDocument,
});

export const approvePlan = act({
  name: "plans.approve",
  asks: z.strictObject({ plan: z.string() }),
  needs: "approve",
  within: anyLimits,
  answers: keptPlanAnswer,
  /** @throws PostriderError `conflict` if the plan was carried out before */
  async run({ plan: hash }, actor: Actor, ports: Pick<DeskPorts, "plans" | "channelsNamed">): Promise<KeptPlan> {
    const kept = await ownPlan(hash, actor, ports);
    if (kept.executedAt)
      throw new PostriderError("conflict", `This plan was already carried out by ${kept.executedBy}`, {
        hint: "A new plan needs a new approval.",
      });
    const approved = await ports.plans.approve(hash, { by: actor.name, door: actor.door });
    return approved ?? planNamed(hash, ports);
  },
  document: keptPlanDocument,
  after: ({ approvals }: KeptPlan) => ({ approvals: approvals.map(({ by }) => by) }),
});

export const executePlan = act({
  name: "plans.execute",
  forAssistants: true,
  asks: z.strictObject({ plan: z.string() }),
  needs: "publish",
  within: anyLimits,
  answers: publishAnswer,
  /** @throws PostriderError `conflict` with the differences, if the plan is not the same any more; then nothing was sent */
  async run({ plan: hash }, actor: Actor, ports: DeskPorts): Promise<PublishAnswer> {
    const kept = await planNamed(hash, ports);
    requireApproval(kept, actor);
    const asked = publishAsked.parse(kept.asked);
    try {
      const answer = await publishPosts.run({ ...asked, plan: hash }, actor, ports);
      await ports.plans.executed(hash, actor.name);
      return answer;
    } catch (error) {
      if (!(error instanceof PostriderError) || error.code !== "conflict") throw error;
      const { plan: now } = await publishPosts.run({ ...asked, dryRun: true }, actor, ports);
      const differences = now ? planDifferences(kept.plan, now) : [];
      throw new PostriderError("conflict", error.message, {
        hint: "Nothing was sent. Make a new plan, look at it, and carry that one out.",
        details: { differences, ...(now && { plan: now.hash }) },
      });
    }
  },
  document: publishPosts.document,
  after: ({ published }) => ({ posts: published.map(({ postId }) => postId) }),
});

function keptPlanDocument({ asked, plan, ...rest }: KeptPlan): z.input<typeof keptPlanAnswer> {
  return { hash: plan.hash, asked, plan, ...rest };
}

/** @throws PostriderError `forbidden` if it concerns channels that are not the actor's */
async function ownPlan(
  hash: string,
  actor: Actor,
  ports: Pick<DeskPorts, "plans" | "channelsNamed">,
): Promise<KeptPlan> {
  const kept = await planNamed(hash, ports);
  const { channels } = publishAsked.parse(kept.asked);
  if (actor.limits) requireChannels(actor, channels, ports.channelsNamed(channels));
  return kept;
}

/**
 * Assistants do what texts tell them, and texts come from strangers. So a person decides what is sent.
 * @throws PostriderError `forbidden`
 */
function requireApproval({ plan, approvals }: KeptPlan, { door }: Actor): void {
  if (door !== "assistant" || approvals.length > 0) return;
  throw new PostriderError("forbidden", "No person has approved this plan", {
    hint: `Ask a person to look at it and to run \`postrider plan approve ${plan.hash}\`.`,
  });
}

async function planNamed(hash: string, { plans }: Pick<DeskPorts, "plans">): Promise<KeptPlan> {
  const kept = await plans.find(hash);
  if (kept) return kept;
  throw new PostriderError("not_found", "There is no plan with this hash", {
    hint: "Plans are kept for 30 days. Make a new one with POST /api/v1/plans.",
  });
}
