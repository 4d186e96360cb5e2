/** How many requests a token may send: draft-ietf-httpapi-ratelimit-headers-10. The counts are in this process's memory. */

import type { Context, MiddlewareHandler } from "hono";
import { PostriderError } from "#core/errors.ts";

const windowSeconds = 60;

interface Allowance {
  left: number;
  at: number;
}

/**
 * Each caller has requests for a minute, which come back evenly.
 * @param most - requests in a minute. @param callerOf - the name of the caller. @param now - milliseconds.
 * @param refuse - answers with a problem
 */
export function allowRequests(
  most: number,
  callerOf: (context: Context) => string,
  now: () => number,
  refuse: (context: Context, error: PostriderError) => Response,
): MiddlewareHandler {
  // As many as there are tokens.
  const allowances = new Map<string, Allowance>();
  const perSecond = most / windowSeconds;
  return async (context, next) => {
    const caller = callerOf(context);
    const time = now();
    const { left, at } = allowances.get(caller) ?? { left: most, at: time };
    const filled = Math.min(most, left + ((time - at) / 1000) * perSecond);
    const isAllowed = filled >= 1;
    const rest = isAllowed ? filled - 1 : filled;
    allowances.set(caller, { left: rest, at: time });
    context.header("ratelimit-policy", `"requests";q=${most};w=${windowSeconds}`);
    context.header("ratelimit", `"requests";r=${Math.floor(rest)};t=${Math.ceil((most - rest) / perSecond)}`);
    if (isAllowed) return next();
    const seconds = Math.max(1, Math.ceil((1 - rest) / perSecond));
    context.header("retry-after", String(seconds));
    return refuse(
      context,
      new PostriderError("too_many_requests", `This token may send ${most} requests a minute, and has sent more`, {
        hint: `Ask again in ${seconds} s. \`server.requestsPerMinute\` in postrider.yaml sets the number.`,
      }),
    );
  };
}
