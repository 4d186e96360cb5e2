/** Serves feeds over HTTP: stored bytes, with validators so that feed readers download only changes. */

import { Hono } from "hono";
import { type FeedDocument, feedFormats } from "#core/feed.ts";
import { type Encoded, encoded } from "../encoded.ts";
import type { FeedLibrary } from "./feed-library.ts";
import { feedsPage } from "./feeds-page.ts";

const maxAgeSeconds = 1800;

/** For feed readers that are web pages: they may read the public feeds, and also see the ETag header. */
const openToPages = { "access-control-allow-origin": "*", "access-control-expose-headers": "ETag, Link" };
const methods = "GET, HEAD, OPTIONS";

/** A document with its headers and bytes, shared by all requests. */
interface Ready {
  encoded: Encoded;
  headers: Readonly<Record<string, string>>;
}

export function feedRoutes(library: FeedLibrary): Hono {
  const app = new Hono();
  // Made once for each state of a document.
  const known = new WeakMap<FeedDocument, Ready>();
  const ready = (document: FeedDocument): Ready => {
    let made = known.get(document);
    if (!made) {
      made = prepare(document);
      known.set(document, made);
    }
    return made;
  };

  app.get("/feeds", async (context) =>
    context.html(feedsPage(library, await library.documents()), 200, { "cache-control": "max-age=300" }),
  );
  app.all("/:path{.+\\.(?:xml|json)}", async (context, next) => {
    const document = await library.document(safeDecode(context.req.path.slice(1)));
    if (!document) return next();
    const { method } = context.req;
    if (method === "OPTIONS") return new Response(null, { status: 204, headers: preflight });
    if (method !== "GET" && method !== "HEAD")
      return context.text("Method not allowed. Use GET or HEAD.\n", 405, { allow: methods });
    if (document.gone)
      return context.text("This feed was withdrawn.\n", 410, {
        ...openToPages,
        "cache-control": `max-age=${maxAgeSeconds}`,
      });
    const { encoded: made, headers } = ready(document);
    const request = context.req.raw.headers;
    if (made.isKnownTo(request.get("if-none-match"), request.get("if-modified-since")))
      return new Response(null, { status: 304, headers });
    const { body, encoding } = made.choose(request.get("accept-encoding"));
    return new Response(method === "HEAD" ? null : body, {
      headers: {
        ...headers,
        // RFC 9110 §8.3; the charset because some browsers guess wrong without it.
        "content-type": `${feedFormats[document.format].type}; charset=utf-8`,
        "content-length": String(body.length),
        "x-content-type-options": "nosniff",
        ...(encoding && { "content-encoding": encoding }),
      },
    });
  });
  return app;
}

/** A web page may send conditional headers only after a preflight (https://fetch.spec.whatwg.org/#cors-safelisted-request-header). */
const preflight = {
  allow: methods,
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, HEAD",
  "access-control-allow-headers": "If-None-Match, If-Modified-Since, Cache-Control",
  "access-control-max-age": "86400",
};

/** Headers that a 304 also has (RFC 9110 §15.4.5). */
function prepare(document: FeedDocument): Ready {
  const made = encoded(document.body, document.changedAt);
  const headers = {
    etag: made.etag,
    "last-modified": made.lastModified,
    "cache-control": `max-age=${maxAgeSeconds}`,
    vary: "Accept-Encoding",
    ...openToPages,
    ...linkHeader(document),
  };
  return { encoded: made, headers };
}

/** WebSub §4: subscribers look for hub and topic here first, and in JSON nowhere else. */
function linkHeader({ selfUrl, hub }: FeedDocument): { link?: string } {
  return hub && selfUrl ? { link: `<${headerUrl(hub)}>; rel="hub", <${headerUrl(selfUrl)}>; rel="self"` } : {};
}

/** A configured address may contain characters that a header can't. */
function headerUrl(url: string): string {
  return new URL(url).href.replaceAll(">", "%3E");
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
