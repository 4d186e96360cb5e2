/** `/webhooks/git`: a Git host reports a push, and the clone with the posts is updated. */

import { Hono } from "hono";
import { boundedBody } from "../body.ts";
import { isSigned, refsOf } from "./git-push.ts";

export interface GitHook {
  secret: string;
  branch: string;
  /** Updates the clone. A call during an update starts one more update after it. */
  pull(): void;
}

/** GitHub's own limit. */
const mostBytes = 25 * 1024 * 1024;

/** Only a push to the branch has an effect. The same push twice has no further effect, because everything is already pulled. */
export function gitHookRoutes({ secret, branch, pull }: GitHook): Hono {
  const app = new Hono();
  app.post("/webhooks/git", boundedBody(mostBytes), async (context) => {
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
