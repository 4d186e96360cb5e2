/** Feeds over HTTP: stored bytes, served as they are, with the validators that keep readers from fetching them in vain. */

import { Hono } from "hono";
import type { FeedDocument } from "#core/feed.ts";
import { type Encoded, encoded } from "./encoded.ts";
import type { FeedLibrary } from "./feed-library.ts";
import { feedsPage } from "./feeds-page.ts";

/** RFC 9110 §8.3; the charset because some browsers guess wrong without it. */
const mediaTypes = {
  rss: "application/rss+xml; charset=utf-8",
  atom: "application/atom+xml; charset=utf-8",
  json: "application/feed+json; charset=utf-8",
};

const maxAgeSeconds = 1800;

export function feedRoutes(library: FeedLibrary): Hono {
  const app = new Hono();
  // Made once for each state of a document, and shared by all who fetch it.
  const ready = new WeakMap<FeedDocument, Encoded>();

  app.get("/feeds", async (context) =>
    context.html(feedsPage(library, await library.documents()), 200, { "cache-control": "max-age=300" }),
  );
  app.get("/:path{.+\\.(?:xml|json)}", async (context) => {
    const document = await library.document(safeDecode(context.req.path.slice(1)));
    if (!document) return context.notFound();
    if (document.gone)
      return context.text("This feed was withdrawn.\n", 410, { "cache-control": `max-age=${maxAgeSeconds}` });
    let made = ready.get(document);
    if (!made) {
      made = encoded(document.body, document.changedAt);
      ready.set(document, made);
    }
    const request = context.req.raw.headers;
    const headers: Record<string, string> = {
      etag: made.etag,
      "last-modified": made.lastModified,
      "cache-control": `max-age=${maxAgeSeconds}`,
      vary: "Accept-Encoding",
      "access-control-allow-origin": "*",
    };
    if (made.isKnownTo(request.get("if-none-match"), request.get("if-modified-since")))
      return new Response(null, { status: 304, headers });
    const { body, encoding } = made.choose(request.get("accept-encoding"));
    headers["content-type"] = mediaTypes[document.format];
    headers["content-length"] = String(body.length);
    headers["x-content-type-options"] = "nosniff";
    if (encoding) headers["content-encoding"] = encoding;
    return new Response(context.req.method === "HEAD" ? null : body, { headers });
  });
  return app;
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
