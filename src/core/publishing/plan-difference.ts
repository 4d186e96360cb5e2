/** Compares a plan with the plan of now: why it can't be carried out as it was shown. */

import type { PlanDifference } from "./kept-plan.ts";
import type { PlannedChannel, PlannedPost, PublishPlan } from "./plan.ts";

/** In the order of the plans. Empty if they have the same hash. */
export function planDifferences(planned: PublishPlan, now: PublishPlan): PlanDifference[] {
  if (planned.hash === now.hash) return [];
  const posts = new Set([...planned.posts, ...now.posts].map(({ post }) => post));
  return [...posts].flatMap((post) => postDifferences(post, postOf(planned, post), postOf(now, post)));
}

function postOf({ posts }: PublishPlan, id: string): PlannedPost | undefined {
  return posts.find(({ post }) => post === id);
}

function postDifferences(post: string, planned?: PlannedPost, now?: PlannedPost): PlanDifference[] {
  if (!planned || !now) return [{ post, field: "post", planned: planned?.title ?? null, now: now?.title ?? null }];
  const ofPost = (["title", "url", "status", "revision", "checks"] as const).map((field) => ({
    ...{ post, field, planned: planned[field], now: now[field] },
  }));
  const names = new Set([...planned.channels, ...now.channels].map(({ channel }) => channel));
  const ofChannels = [...names].flatMap((channel) =>
    channelFields(channelOf(planned, channel), channelOf(now, channel)).map((each) => ({ post, channel, ...each })),
  );
  return [...ofPost, ...ofChannels].filter((each) => !isSame(each.planned, each.now));
}

function channelOf({ channels }: PlannedPost, name: string): PlannedChannel | undefined {
  return channels.find(({ channel }) => channel === name);
}

/** The audience in numbers. Its fingerprint shows a change of people where the number is the same. */
function channelFields(
  planned?: PlannedChannel,
  now?: PlannedChannel,
): Pick<PlanDifference, "field" | "planned" | "now">[] {
  const both = (field: string, value: (step: PlannedChannel) => unknown) => ({
    ...{ field, planned: planned ? (value(planned) ?? null) : null, now: now ? (value(now) ?? null) : null },
  });
  return [
    both("action", ({ action }) => action),
    both("at", ({ at, afterMs }) => (afterMs === undefined ? at : null)),
    both("afterMs", ({ afterMs }) => afterMs),
    both("subject", ({ subject }) => subject),
    both("text", ({ text }) => text),
    both("digest", ({ digest }) => digest),
    both("audience.recipients", ({ audience }) => audience.recipients),
    both("audience.excluded", ({ audience }) => audience.excluded),
    both("audience.fingerprint", ({ audience }) => audience.fingerprint),
  ];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
