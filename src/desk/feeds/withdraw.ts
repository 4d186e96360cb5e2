/** Shows a post as withdrawn in feeds. Changes nothing else about the post. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import { type Actor, act } from "../act.ts";
import { withdrawItemAnswer } from "../answers/site.ts";
import type { DeskPorts, ReadPorts } from "../ports.ts";
import type { FeedPorts } from "./build.ts";

export interface WithdrawItemAnswer {
  post: string;
  /** The names of the feeds that had it. */
  withdrawn: string[];
}

export const withdrawItem = act({
  name: "feeds.withdraw",
  /** @param post - its file, its address, or its id. */
  asks: z.strictObject({ post: z.string().min(1) }),
  needs: "publish",
  within: ["lists"],
  answers: withdrawItemAnswer,
  async run(
    { post: named },
    _: Actor,
    {
      feeds,
      channelsOf,
      withdrawItems,
      readFile,
    }: FeedPorts & Pick<DeskPorts, "withdrawItems"> & Pick<ReadPorts, "readFile">,
  ): Promise<WithdrawItemAnswer> {
    const { post } = await readFile(named);
    const channels = channelsOf("feed");
    const names = new Set<string>();
    for (const candidate of post ? [post.id, post.url] : [named])
      for (const name of await withdrawItems(candidate)) names.add(name);
    if (names.size === 0)
      throw new PostriderError("not_found", `No feed contains "${named}", or it is already withdrawn`, {
        hint: "`postrider status --json` shows the ids of posts.",
      });
    for (const channel of channels) if (names.has(channel.name)) await feeds.build(channel);
    return { post: post?.id ?? named, withdrawn: [...names] };
  },
  document: (answer) => answer,
});
