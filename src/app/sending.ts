/** Opens what sending needs at this site: channels, renditions, links. */

import { join } from "node:path";
import type { Transport } from "#core/adapter.ts";
import { PostriderError } from "#core/errors.ts";
import type { Ledger } from "#core/ports/ledger.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { openGate } from "#pipeline/publishing/wait-for-page.ts";
import { openFrozen } from "#pipeline/renditions/frozen-mails.ts";
import { openRenditions } from "#pipeline/renditions/renditions.ts";
import type { Database } from "#store/database/database.ts";
import { openEditions } from "#store/jobs/editions.ts";
import { openFrozenMails } from "#store/sending/frozen-mails.ts";
import { openWireLog, temporaryFolder } from "#store/sending/wire-log.ts";
import { openShareLinks } from "./copies.ts";
import { linksFor, trackingFor } from "./links.ts";
import { channelsNamed, type SiteContext } from "./site.ts";
import { openTransport } from "./transport.ts";
import { openWords } from "./writer.ts";

/** If a server does not even report its limits in time, posting would fail too. */
const limitsTimeoutMs = 30_000;

export interface SendingParts {
  site: SiteContext;
  channels: readonly Channel[];
  database: Database;
  queue: JobQueue;
  ledger: Ledger;
  /** Signs links. */
  secret: string;
}

/** This process's share of a channel's connections. */
export interface Shares {
  of(channel: string, connections: number): number;
}

export interface Sending extends AsyncDisposable {
  ports: SendingPorts;
  /** Opens a channel with other settings than the configured ones. The caller disposes of it. */
  openChannel(channel: Channel): Promise<Transport>;
  shares: Shares;
}

export function openSending(parts: SendingParts): Sending {
  const { site, channels, database, queue, ledger, secret } = parts;
  const { environment, clock, log } = site;
  const shares: Shares = { of: (_channel, connections) => connections };
  const openChannel = (channel: Channel): Promise<Transport> =>
    openTransport(site, database, queue, channel, secret, (name, connections) => shares.of(name, connections));
  const transports = openOnce((name) => openChannel(channelNamed(site, name)));
  const { transport } = transports;
  const wordsFor = openWords(site, database, fetch);
  const render = openRenditions(site.renderer, site.adapters, {
    styleOf: (name) => channelsNamed(site, [name])[0]?.style ?? {},
    editionMail: openEditions(database).mail,
    ...(wordsFor && { wordsFor }),
    trackingOf: trackingFor(site, secret),
    limitsOf: async (name) => (await transport(name)).limits?.(AbortSignal.timeout(limitsTimeoutMs)),
  });
  const ports: SendingPorts = {
    ...{ ledger, queue, render, transport, clock, log },
    rendition: openFrozen({ ledger, render, mails: openFrozenMails(database) }),
    shareLinks: openShareLinks(site, channels, database, transport),
    isLive: openGate(site.config.site, fetch),
    links: linksFor(site, secret),
    wireLog: openWireLog(environment.databaseUrl ? temporaryFolder() : join(site.dataDir, "wire")),
    networkRate(adapter) {
      const perMinute = site.adapters.get(adapter)?.traits.perMinute;
      return perMinute === undefined ? {} : { perMinute };
    },
    idempotentAdapters: [...site.adapters.values()].filter((a) => a.traits.idempotent).map((a) => a.name),
  };
  return { ports, openChannel, shares, [Symbol.asyncDispose]: transports.close };
}

function channelNamed(site: SiteContext, name: string): Channel {
  const [channel] = channelsNamed(site, [name]);
  if (channel) return channel;
  throw new PostriderError("not_found", `There is no channel "${name}"`);
}

/** Opens each channel once. After a failure, the next call tries again. */
function openOnce(open: (name: string) => Promise<Transport>) {
  const transports = new Map<string, Promise<Transport>>();
  return {
    transport(name: string): Promise<Transport> {
      const known = transports.get(name);
      if (known) return known;
      const opened = open(name);
      transports.set(name, opened);
      opened.catch(() => transports.delete(name));
      return opened;
    },
    async close(): Promise<void> {
      const opened = await Promise.allSettled(transports.values());
      for (const result of opened) if (result.status === "fulfilled") await result.value[Symbol.asyncDispose]();
    },
  };
}
