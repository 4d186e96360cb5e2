/** The API for operators' programs: every action is a noun, every answer is JSON. */

import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type ErrorCode, PostriderError } from "#core/errors.ts";
import type { LiveEvents } from "#core/events/event.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { boundedBody } from "../body.ts";
import { refuseNul } from "./asked.ts";
import { callerName, identifyCaller } from "./caller.ts";
import { eventRoutes } from "./events.ts";
import { answeredOnce } from "./once.ts";
import { resourceRoutes } from "./resources/all.ts";
import { peopleRoutes, tokenRoutes } from "./resources/people.ts";
import { serveRoutes } from "./route.ts";
import { campaignRoutes, deliveryRoutes, jobRoutes, postRoutes } from "./routes.ts";

export interface Api {
  /** A caller with this token may do everything; `null`: there is no such token. */
  token: string | null;
  desk: DeskPorts;
  events: LiveEvents;
}

const mostBytes = 64 * 1024;

const statusOf: Record<ErrorCode, 400 | 401 | 403 | 404 | 409 | 500 | 503> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
  internal: 500,
};

export function apiRoutes({ token, desk, events }: Api): Hono {
  const app = new Hono();
  app.get("/openapi.json", async (context) => {
    // Making the schemas takes 20 ms, and few programs ask for them.
    const { openApiDocument } = await import("./describe/open-api.ts");
    return context.json(openApiDocument);
  });
  app.use(
    "*",
    boundedBody(mostBytes, (context, status, words) =>
      problem(context, new PostriderError(status === 413 ? "invalid" : "unavailable", words)),
    ),
  );
  app.use("*", identifyCaller(token, desk));
  app.use("*", refuseNul);
  app.use("*", answeredOnce(desk.requests, callerName, problem));
  eventRoutes(app, events);
  postRoutes(app, desk);
  campaignRoutes(app, desk);
  jobRoutes(app, desk);
  deliveryRoutes(app, desk);
  peopleRoutes(app, desk);
  tokenRoutes(app, desk);
  serveRoutes(app, resourceRoutes, desk);
  app.all("*", (context) => problem(context, new PostriderError("not_found", "The API has no such resource")));
  app.onError((error, context) => {
    if (error instanceof PostriderError) return problem(context, error);
    throw error;
  });
  return app;
}

/** RFC 9457. */
export function problem(
  context: Context,
  { code, message, hint, details }: PostriderError,
  status: ContentfulStatusCode = statusOf[code],
): Response {
  const detail = hint ?? (code === "invalid" ? "/api/v1/openapi.json describes it." : undefined);
  const body = { type: "about:blank", title: message, code, ...(detail && { detail }), ...details };
  return context.json(body, status, {
    "content-type": "application/problem+json",
    // RFC 9110, section 15.5.2
    ...(code === "unauthorized" && { "www-authenticate": "Bearer" }),
  });
}
