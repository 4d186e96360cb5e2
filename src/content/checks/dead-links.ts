/** Checks over the network that linked pages exist: only on request, slowly, and never inside the private network. */

import { lookup } from "node:dns";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { ReadOutline } from "#core/posts/outline.ts";
import type { Post } from "#core/posts/post.ts";
import { finding } from "../rules.ts";

export interface LinkCheck {
  /** The number of simultaneous requests, to all hosts together. */
  parallel?: number;
  /** The maximum number of links of one post that are checked. */
  maxLinks?: number;
  timeoutMs?: number;
  /** Whether a request to an address is allowed. Default: only public addresses. */
  mayAsk?: (ip: string) => boolean;
}

/** Finds the dead links of a post. Results are kept, so that each address is requested once. */
export function openLinkCheck(
  readOutline: ReadOutline,
  { parallel = 4, maxLinks = 200, timeoutMs = 10_000, mayAsk = isPublic }: LinkCheck = {},
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
    const asked = known.get(address) ?? inTurn(() => ask(address, { timeoutMs, mayAsk, signal }));
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
  mayAsk: (ip: string) => boolean;
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

function head(
  url: URL,
  method: string,
  { timeoutMs, mayAsk, signal }: Asking,
): Promise<{ status: number; location?: string } | string> {
  return new Promise((resolve) => {
    // The resolved address is checked at the moment of connecting, so that it can't change in between.
    const guarded: LookupFunction = (hostname, options, callback) =>
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        const allowed = error ? [] : addresses.filter(({ address }) => mayAsk(address));
        const refused =
          error ?? (allowed.length === 0 ? Object.assign(new Error("private"), { code: "PRIVATE" }) : null);
        if (refused) callback(refused, "", 4);
        else if (options.all) callback(null, allowed);
        else callback(null, allowed[0]?.address ?? "", allowed[0]?.family);
      });
    const literal = url.hostname.replace(/^\[|\]$/g, "");
    if (isIP(literal) && !mayAsk(literal)) return resolve("PRIVATE");
    const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(
      url,
      {
        method,
        lookup: guarded,
        agent: false,
        headers: { "user-agent": userAgent },
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      },
      (response) => {
        const { statusCode = 0, headers } = response;
        response.destroy();
        resolve({ status: statusCode, ...(headers.location && { location: headers.location }) });
      },
    );
    request.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "error"));
    request.end();
  });
}

const inside = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  inside.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["::", 127],
  ["64:ff9b::", 96],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
  ["2002::", 16],
] as const)
  inside.addSubnet(net, bits, "ipv6");

/** Not this machine, its network, or multicast (RFC 6890). An IPv4 address in IPv6 form is checked as IPv4. */
export function isPublic(ip: string): boolean {
  return isIP(ip) !== 0 && !inside.check(ip, isIP(ip) === 6 ? "ipv6" : "ipv4");
}
