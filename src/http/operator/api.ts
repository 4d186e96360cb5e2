/** What operators' programs ask and do: every action is a noun, every answer is JSON. */

import { createHash, timingSafeEqual } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { type ErrorCode, PostriderError } from "#core/errors.ts";
import { type Act, type Actor, perform } from "#desk/act.ts";
import { cancelCampaign, pauseCampaign, resumeCampaign } from "#desk/campaigns/control.ts";
import { auditCampaign, listCampaigns, showCampaign } from "#desk/campaigns/read.ts";
import { retryDelivery } from "#desk/deliveries/retry.ts";
import {
  auditDocument,
  editionDocument,
  jobPlanDocument,
  jobsDocument,
  publishDocument,
  republishDocument,
  runDocument,
  withdrawDocument,
} from "#desk/documents.ts";
import { approveEdition, declineEdition } from "#desk/jobs/decide.ts";
import { listEditions, listJobs, showEdition } from "#desk/jobs/read.ts";
import { planJob, runJob } from "#desk/jobs/run.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { publishPosts } from "#desk/posts/publish.ts";
import { refuseHeld } from "#desk/posts/read.ts";
import { republishPost } from "#desk/posts/republish.ts";
import { status } from "#desk/posts/status.ts";
import { withdrawPost } from "#desk/posts/withdraw.ts";
import { openApiDocument } from "./open-api.ts";

export interface Api {
  /** Who knows it may do everything; absent: nobody may. */
  token: string | null;
  desk: DeskPorts;
}

const actor: Actor = { name: "api", role: "owner", isLocal: false };
/** Whoever holds the token says for whom. */
const decisionBody = z.strictObject({ by: z.string().min(1).max(200).optional() });
const mostBytes = 64 * 1024;
const reason = "through the API";

const statusOf: Record<ErrorCode, 400 | 401 | 404 | 409 | 500 | 503> = {
  invalid: 400,
  unauthorized: 401,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
  internal: 500,
};

export function apiRoutes({ token, desk }: Api): Hono {
  const app = new Hono();
  app.get("/openapi.json", (context) => context.json(openApiDocument));
  app.use(
    "*",
    bodyLimit({
      maxSize: mostBytes,
      onError: (context) => problem(context, new PostriderError("invalid", "The request body is too large")),
    }),
  );
  app.use("*", async (context, next) => {
    if (!token)
      return problem(
        context,
        new PostriderError("unauthorized", "The API is disabled", { hint: "Set POSTRIDER_API_TOKEN." }),
      );
    if (!isSame(context.req.header("authorization") ?? "", `Bearer ${token}`))
      return problem(context, new PostriderError("unauthorized", 'Send the API token as "Authorization: Bearer …"'));
    return next();
  });
  postRoutes(app, desk);
  campaignRoutes(app, desk);
  jobRoutes(app, desk);
  app.post("/deliveries/:id/retries", async (context) => {
    const asked = { reason, ...(await bodyOf(context)), delivery: context.req.param("id") };
    return context.json(await act(retryDelivery, asked, desk), 202);
  });
  app.all("*", (context) => problem(context, new PostriderError("not_found", "The API has no such resource")));
  app.onError((error, context) => {
    if (error instanceof PostriderError) return problem(context, error);
    throw error;
  });
  return app;
}

function postRoutes(app: Hono, desk: DeskPorts): void {
  app.get("/posts", async (context) => context.json({ posts: (await act(status, {}, desk)).publications }));
  app.post("/posts/:post/publications", async (context) => {
    const post = context.req.param("post");
    const answer = await act(publishPosts, { ...(await bodyOf(context)), posts: [post] }, desk);
    for (const reading of answer.refused) refuseHeld(reading, post);
    return context.json(publishDocument(answer), answer.plan ? 200 : 202);
  });
  app.post("/posts/:post/republications", async (context) => {
    const body = await bodyOf(context);
    const post = context.req.param("post");
    const answer = await act(republishPost, { ...body, post }, desk);
    if (!answer.plan) refuseHeld(answer.reading, post);
    return context.json(republishDocument(answer), body["dryRun"] ? 200 : 202);
  });
  app.put("/posts/:post/withdrawal", async (context) => {
    const asked = { reason, ...(await bodyOf(context)), post: context.req.param("post") };
    return context.json(withdrawDocument(await act(withdrawPost, asked, desk)));
  });
}

function campaignRoutes(app: Hono, desk: DeskPorts): void {
  app.get("/campaigns", async (context) => context.json(await act(listCampaigns, {}, desk)));
  const named = (context: Context) => ({ campaign: context.req.param("id") });
  app.get("/campaigns/:id", async (context) => context.json(await act(showCampaign, named(context), desk)));
  app.get("/campaigns/:id/audit", async (context) =>
    context.json(auditDocument(await act(auditCampaign, named(context), desk))),
  );
  const acting = (control: typeof pauseCampaign) => async (context: Context) =>
    context.json(await act(control, { reason, ...(await bodyOf(context)), ...named(context) }, desk));
  app.put("/campaigns/:id/pause", acting(pauseCampaign));
  app.delete("/campaigns/:id/pause", acting(resumeCampaign));
  app.put("/campaigns/:id/cancellation", acting(cancelCampaign));
}

function jobRoutes(app: Hono, desk: DeskPorts): void {
  app.get("/jobs", async (context) => context.json(jobsDocument(await act(listJobs, {}, desk), desk)));
  app.post("/jobs/:name/runs", async (context) => {
    const { dryRun, ...said } = await bodyOf(context);
    const asked = { ...said, job: context.req.param("name") };
    if (dryRun) return context.json(jobPlanDocument(await act(planJob, asked, desk)));
    return context.json(runDocument(await act(runJob, asked, desk)), 202);
  });
  app.get("/jobs/:name/editions", async (context) =>
    context.json(await act(listEditions, { job: context.req.param("name") }, desk)),
  );
  const editionOf = (context: Context) => {
    const { name: job = "", number = "" } = context.req.param() as Record<string, string>;
    return { job, number: /^[1-9]\d{0,8}$/.test(number) ? Number(number) : 0 };
  };
  app.get("/jobs/:name/editions/:number", async (context) =>
    context.json(editionDocument(await act(showEdition, editionOf(context), desk))),
  );
  const deciding = (decide: typeof approveEdition) => async (context: Context) => {
    const body = decisionBody.safeParse(await bodyOf(context));
    if (!body.success) throw new PostriderError("invalid", "Only `by` may stand in the body: a name");
    const by = { ...actor, name: body.data.by ? `${actor.name}:${body.data.by}` : actor.name };
    return context.json(await perform(decide, editionOf(context), by, desk));
  };
  app.put("/jobs/:name/editions/:number/approval", deciding(approveEdition));
  app.put("/jobs/:name/editions/:number/refusal", deciding(declineEdition));
}

/** @param asked - as it came; the act's schema says what may stand in it. */
function act<Asked extends z.ZodType, Answer, Ports>(
  definition: Act<Asked, Answer, Ports>,
  asked: object,
  ports: Ports,
): Promise<Answer> {
  return perform(definition, asked as z.input<Asked>, actor, ports);
}

/** @throws PostriderError `invalid` for what is no JSON object */
async function bodyOf(context: Context): Promise<Record<string, unknown>> {
  const text = await context.req.text();
  try {
    const body: unknown = text === "" ? {} : JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    throw new PostriderError("invalid", "The request body is not valid JSON");
  }
  throw new PostriderError("invalid", "The request body is not a JSON object");
}

/** RFC 9457. */
function problem(context: Context, { code, message, hint }: PostriderError): Response {
  const detail = hint ?? (code === "invalid" ? "/api/v1/openapi.json describes it." : undefined);
  const body = { type: "about:blank", title: message, code, ...(detail && { detail }) };
  return context.json(body, statusOf[code], { "content-type": "application/problem+json" });
}

/** By their hashes: how long it takes says nothing about how much of it was right. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [given, wanted].map((text) => createHash("sha256").update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(one, other);
}
