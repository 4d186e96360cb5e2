/** What operators' programs ask and do: every action is a noun, every answer is JSON. */

import { createHash, timingSafeEqual } from "node:crypto";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { type ErrorCode, PostriderError } from "#core/errors.ts";
import type { JobQueue, Ledger } from "#core/ports.ts";
import { campaignsNamed, control } from "#pipeline/control.ts";
import { openApiDocument } from "./open-api.ts";

export interface Api {
  /** Who knows it may do everything; absent: nobody may. */
  token: string | null;
  ledger: Ledger;
  queue: JobQueue;
}

const reasonBody = z.strictObject({ reason: z.string().max(500).optional(), channel: z.string().optional() });
const statusOf: Record<ErrorCode, 400 | 401 | 404 | 409 | 500 | 503> = {
  invalid: 400,
  unauthorized: 401,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
  internal: 500,
};

export function apiRoutes({ token, ledger, queue }: Api): Hono {
  const app = new Hono();
  app.get("/openapi.json", (context) => context.json(openApiDocument));
  app.use("*", async (context, next) => {
    if (!token)
      return problem(
        context,
        new PostriderError("unauthorized", "The API is off", { hint: "Set POSTRIDER_API_TOKEN." }),
      );
    if (!isSame(context.req.header("authorization") ?? "", `Bearer ${token}`))
      return problem(context, new PostriderError("unauthorized", "This needs the token as a bearer (RFC 6750)"));
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
    const { reason = "through the API", channel } = await bodyOf(context);
    const request = {
      campaign: context.req.param("id") ?? "",
      action,
      actor: "api",
      reason,
      ...(channel && { channel }),
    };
    return context.json({ campaigns: await control(request, { ledger, queue }) });
  };
  app.put("/campaigns/:id/pause", acting("pause"));
  app.delete("/campaigns/:id/pause", acting("resume"));
  app.put("/campaigns/:id/cancellation", acting("cancel"));
  app.all("*", (context) => problem(context, new PostriderError("not_found", "There is no such thing in the API")));
  app.onError((error, context) => {
    if (error instanceof PostriderError) return problem(context, error);
    throw error;
  });
  return app;
}

async function bodyOf(context: Context): Promise<z.infer<typeof reasonBody>> {
  const text = await context.req.text();
  try {
    return reasonBody.parse(text === "" ? {} : JSON.parse(text));
  } catch {
    throw new PostriderError(
      "invalid",
      'Expected a body such as {"reason": "wrong link", "channel": "newsletter"}, or none',
    );
  }
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
