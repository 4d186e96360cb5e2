/** Says what is not as it was planned, if the plan was kept. */

import { PostriderError } from "#core/errors.ts";
import type { PlanBook, PlanDifference } from "#core/publishing/kept-plan.ts";
import type { PublishPlan } from "#core/publishing/plan.ts";
import { planDifferences } from "#core/publishing/plan-difference.ts";

/** @param error - why the plan could not be carried out. @returns the same error, with the differences from the kept plan */
export async function withDifferences(
  error: unknown,
  hash: string,
  now: () => Promise<PublishPlan>,
  { plans }: { plans: Pick<PlanBook, "find"> },
): Promise<unknown> {
  if (!(error instanceof PostriderError) || error.code !== "conflict") return error;
  const kept = await plans.find(hash);
  const differences = kept ? planDifferences(kept.plan, await now()) : [];
  if (differences.length === 0) return error;
  const words = [...new Set(differences.map(inWords))].join("; ");
  return new PostriderError("conflict", error.message, {
    hint: `Nothing was sent. Changed since then: ${words}. Make a new plan and look at it.`,
    details: { differences },
  });
}

/** Digests and fingerprints tell a person nothing. */
function inWords({ channel, field, planned, now }: PlanDifference): string {
  const on = channel ? `${channel}: ` : "";
  if (field === "audience.fingerprint") return `${on}other people are in the audience`;
  if (field === "digest" || field === "revision") return `${on}the text or the design`;
  return `${on}${field} was ${short(planned)}, is now ${short(now)}`;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
