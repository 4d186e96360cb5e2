/** `/webhooks/git`: a Git host reports a push, and the clone with the posts is updated. */

import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isSigned, refsOf } from "./git-push.ts";

export interface GitHook {
  secret: string;
  branch: string;
  /** Brings the clone up to date; called once more where it is called while it runs. */
  pull(): void;
}

/** GitHub sends no more. */
const mostBytes = 25 * 1024 * 1024;

/** Only a push to the branch does anything, and the same one twice does it once: what is there already is not pulled again. */
export function gitHookRoutes({ secret, branch, pull }: GitHook): Hono {
  const app = new Hono();
  app.post("/webhooks/git", bodyLimit({ maxSize: mostBytes }), async (context) => {
    const body = Buffer.from(await context.req.arrayBuffer());
    const header = (name: string): string => context.req.header(name) ?? "";
    if (!isSigned(body, header, secret))
      return context.text("The signature is missing or wrong. Check git.secret.\n", 401);
    if (!refsOf(body, header("content-type")).includes(`refs/heads/${branch}`))
      return context.text(`Ignored: not a push to ${branch}.\n`, 200);
    pull();
    return context.text("Accepted: the posts are being updated.\n", 202);
  });
  return app;
}
