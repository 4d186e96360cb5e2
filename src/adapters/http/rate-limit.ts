/** Reads the headers in which networks say how much more they take, and when they take more again. */

/**
 * Milliseconds until the current window ends, once fewer than `cost` requests are left in it; `null` before that, or
 * where nothing is said. `ratelimit-*` (Bluesky: seconds since 1970) and `x-ratelimit-*` (Mastodon: a date; Reddit:
 * seconds from now).
 */
export function pauseWhenUsedUp(headers: Headers, now: Date, cost = 1): number | null {
  const remaining = headers.get("ratelimit-remaining") ?? headers.get("x-ratelimit-remaining");
  if (remaining === null || !(Number.parseFloat(remaining) < cost)) return null;
  return untilReset(headers, now);
}

/** Milliseconds until the current window ends, at most a day; `null` where nothing is said. */
export function untilReset(headers: Headers, now: Date): number | null {
  const reset = (headers.get("ratelimit-reset") ?? headers.get("x-ratelimit-reset"))?.trim();
  if (!reset) return null;
  const seconds = /^\d+(\.\d+)?$/.test(reset) ? Number(reset) : null;
  const at = seconds === null ? Date.parse(reset) : seconds * 1000 + (seconds > 1e9 ? 0 : now.getTime());
  const ms = at - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 86_400_000) : null;
}
