/** What operators' programs ask and do: every action is a noun, every answer is JSON. */

import { createHash, timingSafeEqual } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { type ErrorCode, PostriderError } from "#core/errors.ts";
import type { JobQueue, Ledger } from "#core/ports.ts";
import { republishModes } from "#core/publishing/republish.ts";
import { campaignsNamed, control } from "#pipeline/campaigns/control.ts";
import type { Decision } from "#pipeline/jobs/review.ts";
import { openApiDocument } from "./open-api.ts";

export interface Api {
  /** Who knows it may do everything; absent: nobody may. */
  token: string | null;
  ledger: Ledger;
  queue: JobQueue;
  desk: OperatorDesk;
}

/** The verbs. Each throws PostriderError `not_found`, `invalid` or `conflict`; the answers are for JSON. */
export interface OperatorDesk {
  publish(post: string, asked: z.infer<typeof publicationBody>, actor: string): Promise<object>;
  republish(post: string, asked: z.infer<typeof republicationBody>, actor: string): Promise<object>;
  /** Every declared job with its next times, and what is wrong with the files. */
  jobs(): Promise<object>;
  runJob(name: string, asked: z.infer<typeof runBody>, actor: string): Promise<object>;
  editions(job: string): Promise<object>;
  edition(job: string, number: number): Promise<object>;
  decide(decision: Decision): Promise<object>;
  /** One delivery that was refused or is uncertain, again as the same delivery. */
  retry(delivery: string, reason: string, actor: string): Promise<object>;
}

const channels = z.array(z.string().min(1)).min(1).optional();
const publicationBody = z.strictObject({
  channels,
  at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  /** The hash of a plan: exactly that, or nothing. */
  plan: z.string().optional(),
  /** Asked because its file has changed: a draft, and what was there before the jobs began, are left alone. */
  onChange: z.boolean().optional(),
  dryRun: z.boolean().optional(),
});
const republicationBody = z
  .strictObject({
    channels,
    mode: z.enum(republishModes),
    reason: z.string().min(1).max(500).optional(),
    replace: z.boolean().optional(),
    correction: z.string().trim().min(1).max(10_000).optional(),
    dryRun: z.boolean().optional(),
  })
  .refine(({ mode, correction }) => mode === "repost" || correction === undefined, {
    path: ["correction"],
    error: "a correction needs the mode repost",
  })
  .refine(({ mode, reason, dryRun }) => mode !== "repost" || dryRun || reason, {
    path: ["reason"],
    error: "a repost goes to people who already have the post; a reason is required",
  });
/** What a job of kind `republish` asks, and whether to do it. */
const runBody = z.strictObject({
  post: z.string().min(1).optional(),
  channels,
  mode: z.enum(republishModes).optional(),
  reason: z.string().min(1).max(500).optional(),
  dryRun: z.boolean().optional(),
});
/** Whoever holds the token says for whom. */
const decisionBody = z.strictObject({ by: z.string().min(1).max(200).optional() });
const actor = "api";
const mostBytes = 64 * 1024;

const reasonBody = z.strictObject({ reason: z.string().max(500).optional(), channel: z.string().optional() });
const statusOf: Record<ErrorCode, 400 | 401 | 404 | 409 | 500 | 503> = {
  invalid: 400,
  unauthorized: 401,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
  internal: 500,
};

export function apiRoutes({ token, ledger, queue, desk }: Api): Hono {
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
  app.get("/posts", async (context) => context.json({ posts: await ledger.report() }));
  app.get("/campaigns", async (context) => context.json({ campaigns: await ledger.campaigns() }));
  app.get("/campaigns/:id", async (context) =>
    context.json({ campaigns: await campaignsNamed(context.req.param("id"), ledger) }),
  );
  app.get("/campaigns/:id/audit", async (context) => {
    const [campaign] = await campaignsNamed(context.req.param("id"), ledger);
    return context.json({ audits: await ledger.audit(campaign?.id ?? "") });
  });
  const acting = (action: "pause" | "resume" | "cancel") => async (context: Context) => {
    const { reason = "through the API", channel } = await bodyOf(context, reasonBody);
    const request = {
      campaign: context.req.param("id") ?? "",
      action,
      actor,
      reason,
      ...(channel && { channel }),
    };
    return context.json({ campaigns: await control(request, { ledger, queue }) });
  };
  app.put("/campaigns/:id/pause", acting("pause"));
  app.delete("/campaigns/:id/pause", acting("resume"));
  app.put("/campaigns/:id/cancellation", acting("cancel"));
  app.post("/posts/:post/publications", async (context) => {
    const asked = await bodyOf(context, publicationBody);
    return context.json(await desk.publish(context.req.param("post"), asked, actor), asked.dryRun ? 200 : 202);
  });
  app.post("/posts/:post/republications", async (context) => {
    const asked = await bodyOf(context, republicationBody);
    return context.json(await desk.republish(context.req.param("post"), asked, actor), asked.dryRun ? 200 : 202);
  });
  app.get("/jobs", async (context) => context.json(await desk.jobs()));
  app.post("/jobs/:name/runs", async (context) => {
    const asked = await bodyOf(context, runBody);
    return context.json(await desk.runJob(context.req.param("name"), asked, actor), asked.dryRun ? 200 : 202);
  });
  app.get("/jobs/:name/editions", async (context) => context.json(await desk.editions(context.req.param("name"))));
  const editionOf = (context: Context) => {
    const { name: job = "", number = "" } = context.req.param() as Record<string, string>;
    return { job, number: /^[1-9]\d{0,8}$/.test(number) ? Number(number) : 0 };
  };
  app.get("/jobs/:name/editions/:number", async (context) => {
    const { job, number } = editionOf(context);
    return context.json(await desk.edition(job, number));
  });
  const deciding = (decision: Decision["decision"]) => async (context: Context) => {
    const { by } = await bodyOf(context, decisionBody);
    return context.json(await desk.decide({ ...editionOf(context), decision, actor: by ? `${actor}:${by}` : actor }));
  };
  app.put("/jobs/:name/editions/:number/approval", deciding("approved"));
  app.put("/jobs/:name/editions/:number/refusal", deciding("declined"));
  app.post("/deliveries/:id/retries", async (context) => {
    const { reason = "through the API" } = await bodyOf(context, reasonBody.omit({ channel: true }));
    return context.json(await desk.retry(context.req.param("id"), reason, actor), 202);
  });
  app.all("*", (context) => problem(context, new PostriderError("not_found", "The API has no such resource")));
  app.onError((error, context) => {
    if (error instanceof PostriderError) return problem(context, error);
    throw error;
  });
  return app;
}

async function bodyOf<T extends z.ZodType>(context: Context, schema: T): Promise<z.infer<T>> {
  const text = await context.req.text();
  let body: unknown;
  try {
    body = text === "" ? {} : JSON.parse(text);
  } catch {
    throw new PostriderError("invalid", "The request body is not valid JSON");
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.length ? `${issue.path.join(".")}: ` : "";
  throw new PostriderError("invalid", `The request body is not valid: ${where}${issue?.message}`, {
    hint: "/api/v1/openapi.json describes it.",
  });
}

/** RFC 9457. */
function problem(context: Context, { code, message, hint }: PostriderError): Response {
  const body = { type: "about:blank", title: message, code, ...(hint && { detail: hint }) };
  return context.json(body, statusOf[code], { "content-type": "application/problem+json" });
}

/** By their hashes: how long it takes says nothing about how much of it was right. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [given, wanted].map((text) => createHash("sha256").update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(one, other);
}
