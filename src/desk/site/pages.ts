/** Lists channels with their health, workers, and the documents of feeds. */

import { z } from "zod";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { ChannelState } from "#core/listings/site-list.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { type Actor, act, anyLimits } from "../act.ts";
import { channelItem, feedItem, workerItem } from "../answers/site-page.ts";
import { destinationOf, isSeen, requireDestinations, withinLimits } from "../limits.ts";
import { keyForms, listing } from "../listing.ts";
import type { DeskPorts } from "../ports.ts";

type ChannelPorts = Pick<DeskPorts, "listings" | "configuredChannels">;

export type ChannelHealth = Omit<ChannelState, "name"> &
  Pick<Channel, "name" | "adapter" | "medium"> & {
    list: string | null;
    health: z.input<typeof channelItem>["health"];
    problem: string | null;
  };

/** In the order of the configuration. Nothing is asked over the network. */
export const listChannels = listing({
  list: "channels",
  needs: "read",
  within: anyLimits,
  filter: {},
  item: channelItem,
  keys: /^[^\0]{1,400}$/,
  async find(_, { after, limit }, ports: ChannelPorts, actor) {
    const all = ports.configuredChannels().filter(({ channel }) => isSeen(actor, destinationOf(channel)));
    const from = after === null ? 0 : all.findIndex(({ channel }) => channel.name === after) + 1;
    const items = await healthOf(all.slice(from, from + limit), ports);
    return { items, after: all.length > from + limit ? (items.at(-1)?.name ?? null) : null };
  },
});

export const showChannel = act({
  name: "channels.show",
  looks: true,
  asks: z.strictObject({ channel: z.string().min(1) }),
  needs: "read",
  within: anyLimits,
  answers: channelItem,
  async run({ channel: name }, actor: Actor, ports: ChannelPorts): Promise<ChannelHealth> {
    const all = ports.configuredChannels();
    const named = all.filter(({ channel }) => channel.name === name);
    requireDestinations(
      actor,
      named.map(({ channel }) => destinationOf(channel)),
    );
    const [found] = await healthOf(named, ports);
    if (found) return found;
    const own = all.filter(({ channel }) => isSeen(actor, destinationOf(channel)));
    throw new PostriderError("not_found", `There is no channel "${name}"`, {
      hint: `The channels are: ${own.map(({ channel }) => channel.name).join(", ")}.`,
    });
  },
  document: (answer) => answer,
});

async function healthOf(
  configured: ReturnType<ChannelPorts["configuredChannels"]>,
  { listings }: ChannelPorts,
): Promise<ChannelHealth[]> {
  const states = await listings.site.channels(configured.map(({ channel }) => channel.name));
  return states.map((state, at) => {
    const { channel, error } = configured[at] as (typeof configured)[number];
    const { adapter, medium, list } = channel;
    return { ...state, adapter, medium, list: list ?? null, ...verdict(state, error) };
  });
}

function verdict(state: ChannelState, error: unknown): Pick<ChannelHealth, "health" | "problem"> {
  const { open, paused, stalled, failure, slowed, working } = state;
  if (error) return { health: "misconfigured", problem: messageOf(error) };
  if (stalled > 0) return { health: "stalled", problem: failure?.message ?? "Sending failed. Resume the campaign." };
  if (paused > 0) return { health: "paused", problem: "A campaign is paused. Resume or cancel it." };
  if (open > 0 && !working)
    return {
      health: "idle",
      problem: "No running process sends for this channel. Start `postrider serve` or `worker`.",
    };
  if (slowed.length > 0)
    return { health: "slowed", problem: `Waiting for ${slowed.map(({ domain }) => domain).join(", ")}.` };
  return { health: "ok", problem: null };
}

export const listWorkers = listing({
  list: "workers",
  needs: "read",
  filter: { state: workerItem.shape.state.optional() },
  item: workerItem,
  keys: keyForms.timedUuid,
  find: (filter, slice, { listings }: Pick<DeskPorts, "listings">) => listings.site.workers(filter, slice),
});

export const listFeeds = listing({
  list: "feeds",
  needs: "read",
  within: anyLimits,
  filter: { channel: z.string().min(1).optional().describe("The name of a channel") },
  item: feedItem,
  keys: /^[^\0]{1,1000}$/,
  async find(filter, slice, { listings }: Pick<DeskPorts, "listings">, actor) {
    const { items, after } = await listings.site.feeds(filter, slice);
    return { items: withinLimits(actor, items), after };
  },
});
