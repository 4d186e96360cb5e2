/** Plans that are kept, so that somebody can look at them and carry them out later. */

import type { Door } from "#core/audit/audit.ts";
import type { PublishPlan } from "./plan.ts";

export interface NewPlan {
  /** What was asked for: posts, channels, a time. */
  asked: Readonly<Record<string, unknown>>;
  plan: PublishPlan;
  actor: string;
}

/** Somebody has looked at the plan and wants it to be carried out. */
export interface PlanApproval {
  by: string;
  door: Door;
  at: Date;
}

export interface KeptPlan extends NewPlan {
  /** The oldest first. Each actor approves once. */
  approvals: PlanApproval[];
  createdAt: Date;
  executedAt: Date | null;
  executedBy: string | null;
}

export interface PlanBook {
  /** A plan with the same hash is the same plan: it is kept once. */
  keep(plan: NewPlan): Promise<KeptPlan>;
  /** `null`: there is none. Plans are deleted after a while. */
  find(hash: string): Promise<KeptPlan | null>;
  /** Returns the plan with the approval; `null`: there is no such plan. An actor who approves again changes nothing. */
  approve(hash: string, approval: Omit<PlanApproval, "at">): Promise<KeptPlan | null>;
  executed(hash: string, actor: string): Promise<void>;
}

/** What is not as it was planned. */
export interface PlanDifference {
  /** The post's id. */
  post: string;
  /** Absent: it concerns the post itself. */
  channel?: string;
  /** The name of the field in the plan, such as `subject` or `audience.recipients`. */
  field: string;
  planned: unknown;
  now: unknown;
}
