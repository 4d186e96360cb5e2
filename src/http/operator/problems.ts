/** The kinds of problems of the API: their statuses, and the page that explains them (RFC 9457). */

import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ErrorCode, PostriderError } from "#core/errors.ts";
import { escapeHtml } from "#core/posts/html.ts";
import { page } from "../pages.ts";

type Status = 400 | 401 | 403 | 404 | 409 | 412 | 429 | 500 | 503;

interface Kind {
  status: Status;
  /** When it comes. */
  when: string;
  /** What to do. */
  next: string;
}

export const problemKinds: Readonly<Record<ErrorCode, Kind>> = {
  invalid: {
    status: 400,
    when: "A parameter, a header or the body is wrong. With the status 422, the Idempotency-Key belongs to another request.",
    next: "`title` names the field. Correct it, and send the request again.",
  },
  unauthorized: {
    status: 401,
    when: "The token is missing, wrong, revoked or has ended.",
    next: "Ask an admin for a token: `postrider tokens create NAME --scopes …`.",
  },
  forbidden: {
    status: 403,
    when: "The caller does not have the permission, or this is beyond their limits.",
    next: "`detail` names the roles that may do it. An admin can change a role, or create another token.",
  },
  not_found: {
    status: 404,
    when: "There is nothing with this id or name, or it is the id of something else.",
    next: "Look for the id in the list that `detail` names.",
  },
  conflict: {
    status: 409,
    when: "The state of the resource does not allow it. For a plan, `differences` lists what has changed. Nothing was done.",
    next: "Read the resource again, and decide anew. The same request does not succeed until the state has changed.",
  },
  outdated: {
    status: 412,
    when: "The request has `If-Match`, and the resource has changed since. Nothing was done.",
    next: "Read the resource again, look at what has changed, and send the request with its new `ETag`.",
  },
  too_many_requests: {
    status: 429,
    when: "This token sent more requests than `RateLimit-Policy` allows. Nothing was done.",
    next: "Wait as many seconds as `Retry-After` says. `RateLimit` in every answer says how many requests are left.",
  },
  unavailable: {
    status: 503,
    when: "The database or the queue does not answer, or the server ends.",
    next: "Send the request again in a few seconds; with an `Idempotency-Key`, if it is a POST.",
  },
  internal: {
    status: 500,
    when: "A mistake in Postrider. It was logged.",
    next: "Look into the log of the server.",
  },
};

const path = "/api/v1/problems";

/** The address of the explanation. Relative, so that it is right behind every proxy. */
export function typeOf(code: ErrorCode): string {
  return `${path}#${code}`;
}

export function problem(
  context: Context,
  { code, message, hint, details }: PostriderError,
  status: ContentfulStatusCode = problemKinds[code].status,
): Response {
  const detail = hint ?? (code === "invalid" ? "/api/v1/openapi.json describes it." : undefined);
  const body = { type: typeOf(code), title: message, status, code, ...(detail && { detail }), ...details };
  return context.json(body, status, {
    "content-type": "application/problem+json",
    // RFC 9110, section 15.5.2
    ...(code === "unauthorized" && { "www-authenticate": "Bearer" }),
  });
}

/** What `type` leads to. */
export function problemPage(): string {
  const rows = Object.entries(problemKinds).map(
    ([code, { status, when, next }]) =>
      `<h2 id="${code}"><code>${code}</code> (${status})</h2>\n<p>${words(when)}</p>\n<p>${words(next)}</p>`,
  );
  const body = `<h1>Problems of the API</h1>
<p>An error is a <a href="https://www.rfc-editor.org/rfc/rfc9457">problem document</a>: <code>title</code> says what is wrong, <code>detail</code> what to do, and <code>code</code> is one of these.</p>
${rows.join("\n")}`;
  return page({ title: "Problems of the API", language: "en", body });
}

function words(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}
