/** `/webhooks/git`: a Git host tells of a push, and the clone that holds the posts is brought up to date. */

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";

export interface GitHook {
  secret: string;
  branch: string;
  /** Brings the clone up to date; called once more where it is called while it runs. */
  pull(): void;
}

/** GitHub sends no more. */
const mostBytes = 25 * 1024 * 1024;

/**
 * Signed as GitHub, Gitea and Forgejo do it (`X-Hub-Signature-256`, `X-Gitea-Signature`: an HMAC-SHA256 of the body), or with
 * the secret itself as GitLab does (`X-Gitlab-Token`). Only a push to the branch does anything, and the same one twice does
 * it once: what is there already is not pulled again.
 */
export function gitHookRoutes({ secret, branch, pull }: GitHook): Hono {
  const app = new Hono();
  app.post("/webhooks/git", bodyLimit({ maxSize: mostBytes }), async (context) => {
    const body = Buffer.from(await context.req.arrayBuffer());
    const header = (name: string): string => context.req.header(name) ?? "";
    const mark = createHmac("sha256", secret).update(body).digest("hex");
    const signed =
      isSame(header("x-hub-signature-256"), `sha256=${mark}`) ||
      isSame(header("x-gitea-signature"), mark) ||
      isSame(header("x-gitlab-token"), secret);
    if (!signed) return context.text("Not signed by your Git host.\n", 401);
    const ref = refOf(body);
    if (ref !== `refs/heads/${branch}`) return context.text(`Nothing to do: no push to ${branch}.\n`, 200);
    pull();
    return context.text("Taken: the posts are being brought up to date.\n", 202);
  });
  return app;
}

function refOf(body: Buffer): unknown {
  try {
    return (JSON.parse(body.toString("utf8")) as { ref?: unknown } | null)?.ref;
  } catch {
    return undefined;
  }
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [given, wanted].map((text) => createHash("sha256").update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(one, other);
}
