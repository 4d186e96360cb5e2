/**
 * A `fetch` for addresses that posts and remote servers name. It connects only to public addresses, and to those that the operator
 * named. The address is checked when the connection is made, so a redirect or a changed DNS answer is checked too.
 */

import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import type { buildConnector, Dispatcher } from "undici";
import { isPublic } from "./addresses.ts";

/** @param named - addresses of the operator's choice: their scheme, host and port may be in a private network. */
export function openFetch(named: readonly string[] = []): typeof fetch {
  const origins = new Set(named.map((address) => new URL(address).origin));
  let opened: Promise<Dispatcher> | undefined;
  return async (input, init) => {
    const asked = input instanceof Request ? input : { url: String(input), redirect: "follow" };
    // The operator named this address and no redirect is followed: a plain fetch, which also uses a proxy.
    if (origins.has(URL.parse(asked.url)?.origin ?? "") && (init?.redirect ?? asked.redirect) !== "follow")
      return fetch(input, init);
    opened ??= openDispatcher(origins);
    return fetch(input, { ...init, dispatcher: await opened } as RequestInit);
  };
}

/** The origins of all web addresses in a setting and in what it holds; that of a WebSocket answers HTTP as well. */
export function originsIn(setting: unknown): string[] {
  if (typeof setting === "object" && setting !== null) return Object.values(setting).flatMap(originsIn);
  const url = typeof setting === "string" ? URL.parse(setting.replace(/^ws(?=s?:)/, "http")) : null;
  return url && /^https?:$/.test(url.protocol) ? [url.origin] : [];
}

/** 100 ms to load: only where something is fetched that somebody else named. */
async function openDispatcher(origins: ReadonlySet<string>): Promise<Dispatcher> {
  const { Agent, buildConnector } = await import("undici");
  const free = buildConnector({});
  const guarded = buildConnector({ lookup: publicLookup });
  const connect: buildConnector.connector = (options, callback) => {
    const { protocol, host, hostname } = options;
    if (origins.has(new URL(`${protocol}//${host ?? hostname}`).origin)) free(options, callback);
    // A numeric address is not looked up.
    else if (isIP(hostname) && !isPublic(hostname)) callback(refusal(hostname), null);
    else guarded(options, callback);
  };
  return new Agent({ connect });
}

const publicLookup: LookupFunction = (hostname, options, callback) =>
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const [first, ...rest] = error ? [] : found.filter(({ address }) => isPublic(address));
    if (!first) callback(error ?? refusal(hostname), "", 4);
    else if (options.all) callback(null, [first, ...rest]);
    else callback(null, first.address, first.family);
  });

function refusal(host: string): Error {
  const message = `${host} is in a private network, and postrider.yaml does not name it here`;
  return Object.assign(new Error(message), { code: "PRIVATE_ADDRESS" });
}
