/** Checks over the network that linked pages exist: only on request, slowly, and never inside the private network. */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { ReadOutline } from "#core/posts/outline.ts";
import type { Post } from "#core/posts/post.ts";
import { openFetch } from "#web/open-fetch.ts";
import { finding } from "../rules.ts";

export interface LinkCheck {
  /** The number of simultaneous requests, to all hosts together. */
  parallel?: number;
  /** The maximum number of links of one post that are checked. */
  maxLinks?: number;
  timeoutMs?: number;
  /** Default: one that reaches public addresses only. */
  send?: typeof fetch;
}

/** Finds the dead links of a post. Results are kept, so that each address is requested once. */
export function openLinkCheck(
  readOutline: ReadOutline,
  { parallel = 4, maxLinks = 200, timeoutMs = 10_000, send = openFetch() }: LinkCheck = {},
): (post: Post, signal: AbortSignal) => Promise<Diagnostic[]> {
  const known = new Map<string, Promise<string | null>>();
  let free = parallel;
  const waiting: (() => void)[] = [];
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free--;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
  const problemOf = (address: string, signal: AbortSignal): Promise<string | null> => {
    const asked = known.get(address) ?? inTurn(() => ask(address, { timeoutMs, send, signal }));
    known.set(address, asked);
    return asked;
  };
  return async (post, signal) => {
    const links = readOutline(post.body)
      .links.slice(0, maxLinks)
      .flatMap(({ href, line }) => {
        const url = URL.parse(href, post.url);
        if (!url || !/^https?:$/.test(url.protocol)) return [];
        url.hash = "";
        return [{ address: url.href, line }];
      });
    const answers = await Promise.all(
      links.map(async ({ address, line }) => ({ address, line, problem: await problemOf(address, signal) })),
    );
    return answers.flatMap(({ address, line, problem }) =>
      problem === null
        ? []
        : [
            finding(
              "dead-link",
              line + post.bodyLine - 1,
              `"${address.slice(0, 100)}" ${problem}; link to another page`,
            ),
          ],
    );
  };
}

interface Asking {
  timeoutMs: number;
  send: typeof fetch;
  signal: AbortSignal;
}

const maxRedirects = 5;
const userAgent = "postrider-check (looks whether links are alive)";

/** Why the page is gone; `null` if it exists or if this is unknown, because the server refuses, is busy or fails. */
async function ask(address: string, asking: Asking): Promise<string | null> {
  let url = new URL(address);
  let method: "HEAD" | "GET" = "HEAD";
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const answer = await head(url, method, asking);
    if (typeof answer === "string") return answer === "ENOTFOUND" ? "is on a host that doesn't exist" : null;
    const { status, location } = answer;
    if (status === 404 || status === 410) return `answers ${status}: the page is gone`;
    // Some servers only support GET.
    if (method === "HEAD" && (status === 405 || status === 501)) method = "GET";
    else if (status >= 300 && status < 400 && location) {
      const next = URL.parse(location, url.href);
      if (!next || !/^https?:$/.test(next.protocol)) return null;
      url = next;
    } else return null;
  }
  return null;
}

async function head(
  url: URL,
  method: string,
  { timeoutMs, send, signal }: Asking,
): Promise<{ status: number; location?: string } | string> {
  try {
    const response = await send(url, {
      method,
      redirect: "manual",
      headers: { "user-agent": userAgent },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await response.body?.cancel();
    const location = response.headers.get("location");
    return { status: response.status, ...(location && { location }) };
  } catch (error) {
    return (error as { cause?: { code?: string } }).cause?.code ?? "error";
  }
}
