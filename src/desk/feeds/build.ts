/** Writes the files of feeds that are not up to date. */

import { z } from "zod";
import { type Actor, act } from "../act.ts";
import { buildAnswer } from "../answers/site.ts";
import type { DeskPorts, SitePorts } from "../ports.ts";

export type FeedPorts = Pick<DeskPorts, "feeds"> & Pick<SitePorts, "channelsOf">;

export interface BuildAnswer {
  files: string[];
  /** The number of feeds that were checked. */
  feeds: number;
}

export const buildFeeds = act({
  name: "feeds.build",
  /** @param out - a folder instead of the configured one. */
  asks: z.strictObject({ out: z.string().min(1).optional() }),
  needs: "publish",
  within: ["lists"],
  answers: buildAnswer,
  async run({ out }, _: Actor, { feeds, channelsOf }: FeedPorts): Promise<BuildAnswer> {
    const channels = channelsOf("feed");
    const files: string[] = [];
    for (const channel of channels) files.push(...(await feeds.build(channel, out)));
    return { files, feeds: channels.length };
  },
  document: ({ files }) => ({ files }),
});
