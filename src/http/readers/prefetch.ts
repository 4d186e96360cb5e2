/** Recognises machines that fetch every link in an email, as far as the request shows it. It does not guess. */

/**
 * - Apple's Mail Privacy Protection loads every picture of every email, read or not. It sends only `Mozilla/5.0` as
 *   its name.
 * - Browsers send a header when they prefetch (https://wicg.github.io/nav-speculation/prefetch.html).
 * - Most filters and link previews have a recognisable name.
 * Gmail's and Yahoo's proxies load pictures when a reader opens the email. They only hide the reader's network, so
 * they count.
 */
export function isPrefetch(headers: Headers): boolean {
  const agent = headers.get("user-agent")?.trim() ?? "";
  return (
    agent === "" ||
    agent === "Mozilla/5.0" ||
    machines.test(agent) ||
    ["sec-purpose", "purpose", "x-purpose", "x-moz"].some((name) => /prefetch|preview/i.test(headers.get(name) ?? ""))
  );
}

const machines =
  /bot\b|crawl|spider|scanner|preview|headless|barracuda|proofpoint|mimecast|trendmicro|symantec|forcepoint|fireeye|safelinks|urldefense|curl\/|wget|python|java\/|okhttp|go-http-client|node-fetch|libwww|undici/i;
