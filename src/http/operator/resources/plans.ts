/** Plans over HTTP: make one, look at it, carry it out. */

import { approvePlan, executePlan, makePlan, showPlan } from "#desk/posts/plans.ts";
import type { Route } from "../route.ts";

const names = { hash: "plan" };

export const planRoutes: readonly Route[] = [
  {
    ...{ id: "makePlan", method: "post", path: "/plans" },
    summary: "Plan the publication of posts, and keep the plan under its hash. Nothing is sent",
    ...{ act: makePlan, status: 201 },
  },
  {
    ...{ id: "showPlan", method: "get", path: "/plans/{hash}" },
    summary: "A plan that was made",
    ...{ act: showPlan, names },
  },
  {
    ...{ id: "approvePlan", method: "post", path: "/plans/{hash}/approval" },
    summary: "Approve a plan, so that an assistant may carry it out. A token needs the scope `approve` expressly",
    ...{ act: approvePlan, names },
    conflict: "It was already carried out.",
  },
  {
    ...{ id: "executePlan", method: "post", path: "/plans/{hash}/execution" },
    summary: "Carry out exactly this plan, or nothing",
    ...{ act: executePlan, names, status: 202 },
    conflict: "Something has changed since the plan was made. `differences` lists it; nothing was sent.",
  },
];
