/** Pages for those who could not sign in. */

import type { Context } from "hono";
import { PostriderError } from "#core/errors.ts";
import { escapeHtml } from "#core/posts/html.ts";
import { page } from "../../pages.ts";

/** No cache may store it, and nothing in it may run. */
const headers = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
};

const statusOf: Readonly<Record<string, 400 | 401 | 403 | 503>> = {
  unauthorized: 401,
  forbidden: 403,
  unavailable: 503,
};

/** @throws whatever is not for the person who signs in */
export function failed(context: Context, error: unknown): Response {
  if (!(error instanceof PostriderError)) throw error;
  return shown(context, error.message, error.hint, statusOf[error.code] ?? 400);
}

export function tooMany(context: Context): Response {
  return shown(context, "Too many attempts to sign in from your network", "Try again in ten minutes.", 429);
}

function shown(
  context: Context,
  title: string,
  hint: string | undefined,
  status: 400 | 401 | 403 | 429 | 503,
): Response {
  const body = `<h1>${escapeHtml(title)}</h1>
${hint ? `<p>${escapeHtml(hint)}</p>\n` : ""}<p><a href="/console/sign-in">Sign in</a></p>`;
  return context.html(page({ title: "Sign in", language: "en", body }), status, headers);
}
