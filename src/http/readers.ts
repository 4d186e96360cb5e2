/** What readers see and do: every page works without scripts, none sets a cookie, and a GET never changes anything. */

import { type Context, Hono } from "hono";
import type { Origin, ReaderPage, ReaderPages, ReaderStore } from "#core/reader.ts";
import { type TokenScope, verifyToken } from "#core/token.ts";
import { type NetworkOf, networkOf } from "./network.ts";

export interface ReaderPorts {
  pages: ReaderPages;
  store: ReaderStore;
  /** Verifies the links. */
  secret: string;
  now(): Date;
  /** Behind a proxy of the operator's, whose word on where a request came from counts. */
  behindProxy: boolean;
}

export function readerRoutes(ports: ReaderPorts): Hono {
  const { store } = ports;
  const app = new Hono();
  const show = pageOf(ports);
  const origin = originOf(networkOf(ports.behindProxy));

  app.get("/unsubscribe/:token", async (context) => {
    const parts = proven(context, "unsubscribe", ports);
    if (!parts) return show(context, { kind: "invalid-link" });
    const { title, language } = await store.listFor(parts[0], parts[1]);
    return show(context, { kind: "unsubscribe", list: title }, language);
  });
  // RFC 8058 §3.2: no cookie, no login, nothing asked. What the body says is not needed: nobody posts here to stay.
  app.post("/unsubscribe/:token", async (context) => {
    const parts = proven(context, "unsubscribe", ports);
    if (!parts) return show(context, { kind: "invalid-link" });
    const { title, language } = await store.leave(parts[0], parts[1], origin(context, "one-click"));
    return show(context, { kind: "unsubscribed", list: title, subscribeUrl: "../subscribe" }, language);
  });
  return app;
}

/** Recipient and list, both needed by every link of a mail. */
function proven(context: Context, scope: TokenScope, { secret, now }: ReaderPorts): [string, string] | null {
  const [recipient, list] = verifyToken(secret, scope, context.req.param("token") ?? "", now()) ?? [];
  return recipient && list ? [recipient, list] : null;
}

function originOf(network: NetworkOf): (context: Context, form: Origin["form"]) => Origin {
  return (context, form) => {
    const address = network(context);
    return { form, ...(address && { network: address }) };
  };
}

/** Answers with a page that nobody stores, indexes, frames or learns the address of. */
function pageOf({
  pages,
}: ReaderPorts): (context: Context, page: ReaderPage, language?: string | undefined) => Response {
  const policy = `default-src 'none'; style-src '${pages.styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  return (context, page, language) => {
    const asked = acceptedLanguages(context.req.header("accept-language") ?? "");
    return context.html(pages.render(page, language ? [language, ...asked] : asked), statusOf(page), {
      "content-security-policy": policy,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex",
    });
  };
}

function statusOf({ kind }: ReaderPage): 200 | 404 {
  return kind === "invalid-link" ? 404 : 200;
}

/** RFC 9110 §12.5.4, the most wanted first. */
function acceptedLanguages(header: string): string[] {
  return header
    .split(",")
    .slice(0, 10)
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean);
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => /^[a-z]{2,3}(-[\w-]+)?$/i.test(tag) && quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag);
}
