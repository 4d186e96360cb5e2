/** Whether another person has approved a plan, as channels with `approval: other` demand. */

import { PostriderError } from "#core/errors.ts";
import type { KeptPlan } from "#core/publishing/kept-plan.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { heldChannels } from "#pipeline/publishing/approval.ts";
import type { DeskPorts } from "../ports.ts";

type Ports = Pick<DeskPorts, "plans" | "tokens">;

/** @throws PostriderError `forbidden` if a channel demands an approval, and nobody else has given it */
export async function requireOtherApproval(hash: string, channels: readonly Channel[], ports: Ports): Promise<void> {
  const held = heldChannels(channels).map(({ name }) => name);
  if (held.length === 0) return;
  const kept = await ports.plans.find(hash);
  const planners = kept ? await plannersOf(kept, ports) : [];
  if (kept?.approvals.some(({ by }) => !planners.includes(by))) return;
  const own = kept && kept.approvals.length > 0;
  const words = own ? "and whoever made the plan can't approve it" : "and nobody has approved it yet";
  throw new PostriderError(
    "forbidden",
    `${held.join(", ")} demands that another person approves the plan, ${words}. Nothing was sent`,
    {
      hint: kept
        ? `Ask somebody else to look at it and to approve it: \`postrider plan approve ${hash}\`, or PUT /api/v1/plans/${hash}/approval.`
        : "This plan was not kept. Make it again with `postrider plan` or POST /api/v1/plans.",
    },
  );
}

/** Who made it. Whoever has created a token is behind what its program does. */
async function plannersOf({ actor }: KeptPlan, { tokens }: Ports): Promise<string[]> {
  const named = (await tokens.list()).filter(({ name }) => actor === `api:${name}`);
  return [actor, ...named.map(({ createdBy }) => createdBy)];
}
