/** Reads rate limit headers: how many requests are left, and when the limit resets. */

/** Bluesky; Mastodon and Reddit; X, also for its day. Discord has a header of its own for the end. */
const prefixes = ["ratelimit", "x-ratelimit", "x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour"];

/**
 * Milliseconds until the current window ends, once fewer than `cost` requests are left in it; `null` before that, or
 * where nothing is said. Of several windows the last one to end counts.
 */
export function pauseWhenUsedUp(headers: Headers, now: Date, cost = 1): number | null {
  return longest(
    prefixes.flatMap((prefix) => {
      const remaining = headers.get(`${prefix}-remaining`);
      const isUsedUp = remaining !== null && Number.parseFloat(remaining) < cost;
      return isUsedUp ? [resetIn(headers, prefix, now)] : [];
    }),
  );
}

/** Milliseconds until the current window ends, at most a day; `null` where nothing is said. */
export function untilReset(headers: Headers, now: Date): number | null {
  return pauseWhenUsedUp(headers, now) ?? longest(prefixes.map((prefix) => resetIn(headers, prefix, now)).slice(0, 3));
}

/** Seconds since 1970 (Bluesky, X), a date (Mastodon), seconds from now (Reddit; Discord's `reset-after`). */
function resetIn(headers: Headers, prefix: string, now: Date): number | null {
  const after = headers.get(`${prefix}-reset-after`)?.trim();
  const reset = after ?? headers.get(`${prefix}-reset`)?.trim();
  if (!reset) return null;
  const seconds = /^\d+(\.\d+)?$/.test(reset) ? Number(reset) : null;
  const at = seconds === null ? Date.parse(reset) : seconds * 1000 + (seconds > 1e9 ? 0 : now.getTime());
  const ms = Math.ceil(at - now.getTime());
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 86_400_000) : null;
}

function longest(waits: readonly (number | null)[]): number | null {
  const known = waits.filter((wait) => wait !== null);
  return known.length > 0 ? Math.max(...known) : null;
}
