/** Lists that gave everything at once to the first clients, which gave no parameters. */

import { pageCampaigns } from "#desk/campaigns/read.ts";
import { pageEditions, pageJobs } from "#desk/jobs/read.ts";
import { pagePosts } from "#desk/posts/pages.ts";
import type { Route } from "../route.ts";

/** Without parameters, the same address gives all posts at once. */
export const postPages: Route = {
  ...{ id: "listPosts", method: "get", path: "/posts" },
  summary: "Posts with the number of deliveries in each state, page by page",
  act: pagePosts,
};

export const campaignPages: Route = {
  ...{ id: "listCampaigns", method: "get", path: "/campaigns" },
  summary: "Campaigns, newest first",
  act: pageCampaigns,
};

export const jobPages: Route = {
  ...{ id: "listJobs", method: "get", path: "/jobs" },
  summary: "Jobs with their next times and their last result",
  act: pageJobs,
};

export const editionPages: Route = {
  ...{ id: "listEditions", method: "get", path: "/jobs/{name}/editions" },
  summary: "The editions of a campaign job with their review state, newest first",
  ...{ act: pageEditions, names: { name: "job" } },
};
