/** Shared by the routes for readers: token checks, the request's network, and page responses. */

import type { Context } from "hono";
import type { FeedDocument } from "#core/feed.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { ArchiveStore, EditionPage } from "#core/readers/archive.ts";
import type { Origin, ReaderPage, ReaderPages, ReaderStore } from "#core/readers/reader.ts";
import { type TokenScope, verifyToken } from "#core/readers/token.ts";
import type { EngagementStore } from "#core/sending/engagement.ts";
import type { Limit } from "../limit.ts";
import type { NetworkOf } from "../network.ts";

export interface ReaderPorts {
  pages: ReaderPages;
  store: ReaderStore;
  queue: JobQueue;
  /** Verifies the signed links. */
  secret: string;
  now(): Date;
  /** The server is behind the operator's proxy, whose information about the sender of a request is trusted. */
  behindProxy: boolean;
  /** Names of the lists with tracking of opens and clicks. */
  tracked: readonly string[];
  engagement: EngagementStore;
  archive: Archive;
  /** The documents of all feeds. */
  feeds(): Promise<readonly FeedDocument[]>;
}

export interface Archive {
  store: ArchiveStore;
  page: EditionPage;
  /** Lists whose archive everybody can see. */
  publicLists: readonly string[];
  /** Lists whose archive is only visible with the link in an email. */
  unlistedLists: readonly string[];
  /** Lists whose archive search engines may index. */
  indexedLists: readonly string[];
}

export interface ReaderDesk extends ReaderPorts {
  /** What the link in the address proves for this scope: the recipient, and a list or a letter. */
  proven(context: Context, scope: TokenScope): { recipient: string; of: string } | null;
  origin(context: Context, form: Origin["form"]): Origin;
  /** Uses one request of the network's allowance; `false` if none is left. */
  allowed(context: Context): boolean;
  /** Answers with a page that must not be stored, indexed or framed, and whose address is not passed on. */
  show(context: Context, page: ReaderPage, language?: string): Response;
  /** The language of the pages for this browser. */
  language(context: Context): string;
}

export function openReaderDesk(ports: ReaderPorts, network: NetworkOf, limit: Limit): ReaderDesk {
  const { pages, secret, now } = ports;
  const policy = `default-src 'none'; style-src '${pages.styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  return {
    ...ports,
    proven(context, scope) {
      const [recipient, of] = verifyToken(secret, scope, context.req.param("token") ?? "", now()) ?? [];
      return recipient && of ? { recipient, of } : null;
    },
    origin(context, form) {
      const address = network(context);
      return { form, ...(address && { network: address }) };
    },
    allowed: (context) => limit.take(network(context)),
    show(context, page, language) {
      const asked = acceptedLanguages(context);
      return context.html(pages.render(page, language ? [language, ...asked] : asked), statusOf(page), {
        "content-security-policy": policy,
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-robots-tag": "noindex",
      });
    },
    language: (context) => pages.language(acceptedLanguages(context)),
  };
}

function statusOf(page: ReaderPage): 200 | 404 | 410 | 422 | 429 {
  if (page.kind === "invalid-link" || page.kind === "not-found") return 404;
  // People see the notice; programs see that the page is permanently gone (RFC 9110 §15.5.11).
  if (page.kind === "withdrawn") return 410;
  if (page.kind === "too-many") return 429;
  return "problems" in page && page.problems && page.problems.length > 0 ? 422 : 200;
}

/** RFC 9110 §12.5.4, the preferred language first. */
function acceptedLanguages(context: Context): string[] {
  return (context.req.header("accept-language") ?? "")
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
