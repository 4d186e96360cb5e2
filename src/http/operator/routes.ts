/** Maps requests to acts. Paths are nouns, and every answer is JSON. */

import type { Context, Hono } from "hono";
import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import { cancelCampaign, pauseCampaign, resumeCampaign } from "#desk/campaigns/control.ts";
import { auditCampaign, showCampaign } from "#desk/campaigns/read.ts";
import { retryDelivery } from "#desk/deliveries/retry.ts";
import { approveEdition, declineEdition } from "#desk/jobs/decide.ts";
import { listJobs, showEdition } from "#desk/jobs/read.ts";
import { planJob, runJob } from "#desk/jobs/run.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { publishPosts } from "#desk/posts/publish.ts";
import { refuseHeld } from "#desk/posts/read.ts";
import { republishPost } from "#desk/posts/republish.ts";
import { status } from "#desk/posts/status.ts";
import { withdrawPost } from "#desk/posts/withdraw.ts";
import { bodyOf } from "./asked.ts";
import { callerOf, defaultReason } from "./caller.ts";
import { campaignPages, editionPages, jobPages, postPages } from "./resources/pages.ts";
import { answerTo, type Route, resource } from "./route.ts";
import { act } from "./run-act.ts";

/** The caller with the token names the person who decided. */
const decisionBody = z.strictObject({ by: z.string().min(1).max(200).optional() });
const reason = defaultReason;

export function postRoutes(app: Hono, desk: DeskPorts): void {
  app.get("/posts", async (context) => {
    if (new URL(context.req.url).search !== "") return answerTo(context, postPages, desk);
    const { document } = await act(context, status, {}, desk);
    // `posts` repeats `publications` for the first clients.
    return context.json({ ...document, posts: document.publications });
  });
  app.post("/posts/:post/publications", async (context) => {
    const post = context.req.param("post");
    const { answer, document } = await act(context, publishPosts, { ...(await bodyOf(context)), posts: [post] }, desk);
    for (const reading of answer.refused) refuseHeld(reading, post);
    return context.json(document, answer.plan ? 200 : 202);
  });
  app.post("/posts/:post/republications", async (context) => {
    const body = await bodyOf(context);
    const post = context.req.param("post");
    const { answer, document } = await act(context, republishPost, { ...body, post }, desk);
    if (!answer.plan) refuseHeld(answer.reading, post);
    return context.json(document, body["dryRun"] ? 200 : 202);
  });
  app.put("/posts/:post/withdrawal", async (context) => {
    const asked = { reason, ...(await bodyOf(context)), post: context.req.param("post") };
    return context.json((await act(context, withdrawPost, asked, desk)).document);
  });
}

/** A list whose first clients, which gave no parameters, know its items under another name. */
function firstPage(
  app: Hono,
  route: Route,
  desk: DeskPorts,
  before: (page: { items: unknown[] }, context: Context) => object | Promise<object>,
): void {
  app.get(route.path.replaceAll(/\{(\w+)\}/g, ":$1"), async (context) => {
    const answer = await answerTo(context, route, desk);
    if (new URL(context.req.url).search !== "") return answer;
    const page = (await answer.json()) as { items: unknown[] };
    return context.json({ ...page, ...(await before(page, context)) });
  });
}

export function campaignRoutes(app: Hono, desk: DeskPorts): void {
  firstPage(app, campaignPages, desk, (page) => ({ campaigns: page.items }));
  const named = (context: Context) => ({ campaign: context.req.param("id") });
  app.get("/campaigns/:id", async (context) =>
    resource(context, (await act(context, showCampaign, named(context), desk)).document),
  );
  app.get("/campaigns/:id/audit", async (context) =>
    resource(context, (await act(context, auditCampaign, named(context), desk)).document),
  );
  const acting = (control: typeof pauseCampaign) => async (context: Context) =>
    context.json(
      (await act(context, control, { reason, ...(await bodyOf(context)), ...named(context) }, desk)).document,
    );
  app.put("/campaigns/:id/pause", acting(pauseCampaign));
  app.delete("/campaigns/:id/pause", acting(resumeCampaign));
  app.put("/campaigns/:id/cancellation", acting(cancelCampaign));
}

export function deliveryRoutes(app: Hono, desk: DeskPorts): void {
  app.post("/deliveries/:id/retries", async (context) => {
    const asked = { reason, ...(await bodyOf(context)), delivery: context.req.param("id") };
    return context.json((await act(context, retryDelivery, asked, desk)).document, 202);
  });
}

export function jobRoutes(app: Hono, desk: DeskPorts): void {
  firstPage(app, jobPages, desk, async (_, context) => (await act(context, listJobs, {}, desk)).document);
  app.post("/jobs/:name/runs", async (context) => {
    const { dryRun, ...said } = await bodyOf(context);
    const asked = { ...said, job: context.req.param("name") };
    if (dryRun) return context.json((await act(context, planJob, asked, desk)).document);
    return context.json((await act(context, runJob, asked, desk)).document, 202);
  });
  firstPage(app, editionPages, desk, (page) => ({ editions: page.items }));
  const editionOf = (context: Context) => {
    const { name: job = "", number = "" } = context.req.param() as Record<string, string>;
    return { job, number: /^[1-9]\d{0,8}$/.test(number) ? Number(number) : 0 };
  };
  app.get("/jobs/:name/editions/:number", async (context) =>
    resource(context, (await act(context, showEdition, editionOf(context), desk)).document),
  );
  const deciding = (decide: typeof approveEdition) => async (context: Context) => {
    const body = decisionBody.safeParse(await bodyOf(context));
    if (!body.success)
      throw new PostriderError("invalid", "The request body may contain only `by`: the name of the person who decides");
    const actor = callerOf(context, decide);
    const name = body.data.by ? `${actor.name}:${body.data.by}` : actor.name;
    return context.json((await act(context, decide, editionOf(context), desk, { ...actor, name })).document);
  };
  app.put("/jobs/:name/editions/:number/approval", deciding(approveEdition));
  app.put("/jobs/:name/editions/:number/refusal", deciding(declineEdition));
}
