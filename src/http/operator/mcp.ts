/** `/mcp`: assistants, with the same tokens as the API. */

import { type Context, Hono } from "hono";
import type { AssistantPorts } from "#assistant/tools.ts";
import { PostriderError } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import { assistantActor } from "#desk/people/actors.ts";
import { boundedBody } from "../body.ts";
import { actorOf, identifyCaller } from "./caller.ts";
import { problem } from "./problems.ts";

export interface Assistants {
  /** The admin's token. It is known, and refused. */
  token: string | null;
  ports: AssistantPorts;
  version: string;
  log: Log;
}

const mostBytes = 64 * 1024;

export function mcpRoutes({ token, ports, version, log }: Assistants): Hono {
  const app = new Hono();
  app.use(
    "*",
    boundedBody(mostBytes, (context, status, words) =>
      problem(context, new PostriderError(status === 413 ? "invalid" : "unavailable", words)),
    ),
  );
  app.use("*", async (context, next) => {
    // A page in a browser must not reach a server in the reader's network by another name.
    if (context.req.header("origin") !== undefined)
      throw new PostriderError("forbidden", "Assistants in a browser are not served");
    return next();
  });
  app.use("*", identifyCaller(token, ports.desk));
  app.post("/", async (context) => {
    const actor = assistantActor(actorOf(context));
    // Loaded only for assistants: the package takes 100 ms.
    const { openAssistantServer } = await import("#assistant/server.ts");
    const { answerOverHttp } = await import("#assistant/over-http.ts");
    return answerOverHttp(context.req.raw, openAssistantServer(actor, ports, { version, log }));
  });
  // There is no stream that a client could open, and no session that it could end.
  app.all("/", (context: Context) => {
    context.header("allow", "POST");
    return problem(context, new PostriderError("invalid", "Only POST is answered here"), 405);
  });
  app.onError((error, context) => {
    if (error instanceof PostriderError) return problem(context, error);
    throw error;
  });
  return app;
}
