/** The API for operators' programs: every action is a noun, every answer is JSON. */

import { Hono } from "hono";
import { PostriderError } from "#core/errors.ts";
import type { LiveEvents } from "#core/events/event.ts";
import type { DeskPorts } from "#desk/ports.ts";
import type { TryingPorts } from "#desk/posts/trying.ts";
import { boundedBody } from "../body.ts";
import { allowRequests } from "./allowance.ts";
import { refuseNul } from "./asked.ts";
import { callerName, identifyCaller } from "./caller.ts";
import { onlyIfMatching } from "./conditional.ts";
import { eventRoutes } from "./events.ts";
import { answeredOnce } from "./once.ts";
import { problem, problemPage } from "./problems.ts";
import { resourceRoutes, singleResources } from "./resources/all.ts";
import { peopleRoutes, tokenRoutes } from "./resources/people.ts";
import { serveTrying } from "./resources/trying.ts";
import { serveRoutes } from "./route.ts";
import { campaignRoutes, deliveryRoutes, jobRoutes, postRoutes } from "./routes.ts";

export interface Api {
  /** A caller with this token may do everything; `null`: there is no such token. */
  token: string | null;
  desk: DeskPorts;
  trying: TryingPorts;
  events: LiveEvents;
  /** How many requests a token may send in a minute. */
  requestsPerMinute: number;
}

const mostBytes = 64 * 1024;

export function apiRoutes({ token, desk, trying, events, requestsPerMinute }: Api): Hono {
  const app = new Hono();
  app.get("/openapi.json", async (context) => {
    // Making the schemas takes 20 ms, and few programs ask for them.
    const { openApiDocument } = await import("./describe/open-api.ts");
    return context.json(openApiDocument);
  });
  app.get("/problems", (context) => context.html(problemPage()));
  app.use(
    "*",
    boundedBody(mostBytes, (context, status, words) =>
      problem(context, new PostriderError(status === 413 ? "invalid" : "unavailable", words)),
    ),
  );
  app.use("*", identifyCaller(token, desk));
  app.use(
    "*",
    allowRequests(requestsPerMinute, callerName, () => performance.now(), problem),
  );
  app.use("*", refuseNul);
  app.use("*", answeredOnce(desk.requests, callerName, problem));
  app.use("*", onlyIfMatching(app, singleResources));
  eventRoutes(app, events);
  postRoutes(app, desk);
  serveTrying(app, { desk, trying });
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
