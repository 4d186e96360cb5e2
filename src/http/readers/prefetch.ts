/** Recognises machines that fetch every link in an email, as far as the request shows it. It does not guess. */

/**
 * - Apple's Mail Privacy Protection fetches every picture of every mail, read or not, and calls itself `Mozilla/5.0` and
 *   nothing more.
 * - Browsers say when they fetch ahead (https://wicg.github.io/nav-speculation/prefetch.html).
 * - Filters and previews that look through links mostly have a name.
 *
 * Gmail's and Yahoo's proxies fetch when a mail is opened: they hide where the reader is, and count.
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
