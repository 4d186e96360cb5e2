/** What an assistant can do: acts of the desk that look, check or plan, and one that carries out what a person approved. */

import { z } from "zod";
import { type Act, type Actor, parseAsked, perform } from "#desk/act.ts";
import { auditCampaign, listCampaigns, showCampaign } from "#desk/campaigns/read.ts";
import { listDeliveries, showDelivery } from "#desk/deliveries/list.ts";
import { listEditions, listJobs, showEdition } from "#desk/jobs/read.ts";
import { planJob } from "#desk/jobs/run.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { checkPosts } from "#desk/posts/check.ts";
import { listPublications, pagePosts, showPublication } from "#desk/posts/pages.ts";
import { executePlan, makePlan, showPlan } from "#desk/posts/plans.ts";
import { previewPost } from "#desk/posts/preview.ts";
import { status } from "#desk/posts/status.ts";
import { checkNamed, previewNamed, type TryingPorts } from "#desk/posts/trying.ts";
import { listChannels, listFeeds, listWorkers, showChannel } from "#desk/site/pages.ts";

export interface AssistantPorts {
  desk: DeskPorts;
  trying: TryingPorts;
}

export interface Tool {
  name: string;
  description: string;
  asks: z.ZodType;
  needs: Act["needs"];
  /** It can send something. */
  sends?: true;
  call(asked: unknown, actor: Actor, ports: AssistantPorts): Promise<unknown>;
}

type DeskAct = Act<z.ZodType, unknown, DeskPorts, z.ZodType>;

/** @param asks - fewer fields than the act has. */
function tool(name: string, description: string, act: DeskAct, asks: z.ZodType = act.asks): Tool {
  return {
    ...{ name, description, asks, needs: act.needs },
    async call(asked, actor, { desk }) {
      parseAsked(asks, asked);
      return act.document(await perform(act, asked, actor, desk), desk);
    },
  };
}

const onePost = z.strictObject({
  post: z.string().min(1).describe("The post's path below the content folder, or its id"),
});

const checkPost: Tool = {
  name: "check_post",
  description: "Read and render a post for every channel, and list its problems with their lines.",
  asks: onePost,
  needs: checkPosts.needs,
  async call(asked, actor, ports) {
    return checkPosts.document(await checkNamed(parseAsked(onePost, asked).post, actor, ports), ports.desk);
  },
};

/** Of each file of a preview. */
const mostCharacters = 20_000;
const texts = ["email.txt", "social.json", "report.json", "feed.xml"];

const preview: Tool = {
  name: "preview_post",
  description: "Show the email as text, the social posts and the feed item of a post. Sends nothing.",
  asks: onePost,
  needs: previewPost.needs,
  async call(asked, actor, ports) {
    const answer = await previewNamed(parseAsked(onePost, asked).post, actor, ports);
    const { leftOut, diagnostics } = previewPost.document(answer, ports.desk);
    const shown = [...answer.files].filter(([name]) => texts.includes(name));
    const files = Object.fromEntries(shown.map(([name, text]) => [name, String(text).slice(0, mostCharacters)]));
    return { files, leftOut, diagnostics };
  },
};

/** An assistant asks about no single reader. */
const ofNobody = listDeliveries.asks.omit({ subscriber: true });

export const tools: readonly Tool[] = [
  tool("status", "Show how many deliveries of a post, or of all posts, are in each state.", status as never),
  tool("list_posts", "List published posts, newest first.", pagePosts as never),
  tool("list_publications", "List publications, newest first.", listPublications as never),
  tool("show_publication", "Show one publication with its channels.", showPublication as never),
  tool("list_campaigns", "List mailings with their progress.", listCampaigns as never),
  tool("show_campaign", "Show one mailing: states, rate and time left.", showCampaign as never),
  tool("audit_campaign", "Compare the totals of a mailing with its deliveries.", auditCampaign as never),
  tool("list_deliveries", "List deliveries, without their readers.", listDeliveries as never, ofNobody),
  tool("show_delivery", "Show one delivery with its history, without its reader.", showDelivery as never),
  tool("list_channels", "List channels with their health.", listChannels as never),
  tool("show_channel", "Show one channel with its health.", showChannel as never),
  tool("list_workers", "List processes that send.", listWorkers as never),
  tool("list_feeds", "List the documents of feeds.", listFeeds as never),
  tool("list_jobs", "List declared jobs with their next times.", listJobs as never),
  tool("plan_job", "Show what running a job would do. Changes nothing.", planJob as never),
  tool("list_editions", "List the editions of a campaign job.", listEditions as never),
  tool("show_edition", "Show one edition with its email.", showEdition as never),
  checkPost,
  preview,
  tool(
    "make_plan",
    "Plan the publication of posts: to whom, how many, with which subject and text. Sends nothing. The answer has a hash; ask a person to approve it.",
    makePlan as never,
  ),
  tool("show_plan", "Show a plan, who approved it, and whether it was carried out.", showPlan as never),
  {
    ...tool(
      "execute_plan",
      "Carry out exactly a plan that a person has approved. Without an approval, it is refused. Ask the person to run `postrider plan approve HASH`.",
      executePlan as never,
    ),
    sends: true,
  },
];
