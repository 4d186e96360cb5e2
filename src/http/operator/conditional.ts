/** `If-Match` (RFC 9110, section 13.1.1): a change is only made if the resource still is what the caller has seen. */

import type { Context, Hono, MiddlewareHandler } from "hono";
import { PostriderError } from "#core/errors.ts";

const safe: readonly string[] = ["GET", "HEAD"];

/**
 * Reads the resource that a request changes, and compares. Two conditional requests about the same resource never see
 * the same state: the second one waits for the first.
 * @param app - answers for the current state.
 * @param single - paths of single resources, as OpenAPI writes them. A request changes the one that its own path begins with.
 */
export function onlyIfMatching(app: Hono, single: readonly string[]): MiddlewareHandler {
  const forms = single.map((path) => new RegExp(`^(/api/v1)?${path.replaceAll(/\{\w+\}/g, "[^/]+")}(?=/|$)`));
  const busy = new Map<string, Promise<unknown>>();
  return async (context, next) => {
    const wanted = context.req.header("if-match");
    if (wanted === undefined || safe.includes(context.req.method)) return next();
    const path = new URL(context.req.url).pathname;
    const resource = forms.map((form) => form.exec(path)?.[0]).find((found) => found !== undefined);
    if (resource === undefined)
      throw new PostriderError(
        "invalid",
        "If-Match has no meaning here: this request does not change a single resource",
        {
          hint: "Leave the header out.",
        },
      );
    const turn = (busy.get(resource) ?? Promise.resolve()).then(async () => {
      await requireMatch(context, app, resource, wanted);
      await next();
    });
    const done = turn.catch(() => {});
    busy.set(resource, done);
    await turn.finally(() => {
      if (busy.get(resource) === done) busy.delete(resource);
    });
  };
}

async function requireMatch(context: Context, app: Hono, resource: string, wanted: string): Promise<void> {
  const { authorization = "" } = context.req.header();
  const url = new URL(resource.replace(/^\/api\/v1/, ""), context.req.url);
  const now = await app.request(url.href, { headers: { authorization } });
  // Whatever the request wants of it: its own answer says so.
  if (now.status === 404) return;
  if (now.status !== 200) {
    const { code, title } = (await now.json()) as { code: "forbidden" | "unavailable"; title: string };
    throw new PostriderError(code, `If-Match needs the resource itself: ${title}`);
  }
  const tag = opaque(now.headers.get("etag") ?? "");
  if (wanted.trim() === "*" || wanted.split(",").map(opaque).includes(tag)) return;
  throw new PostriderError("outdated", "The resource has changed since you read it, and nothing was done", {
    hint: `Read it again: GET ${resource}.`,
    details: { etag: now.headers.get("etag") },
  });
}

/** Proxies that compress answers weaken tags, and append the encoding to them. */
function opaque(tag: string): string {
  return tag
    .trim()
    .replace(/^W\//, "")
    .replace(/[-;](gzip|br|zstd|deflate)"$/, '"');
}
