/** Opens a channel, and gives its adapter the tools that it may use. */

import type { Transport } from "#core/adapter.ts";
import { PostriderError } from "#core/errors.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { version } from "#files/package.ts";
import { openFeedShelf } from "#pipeline/feeds/feed-shelf.ts";
import { openFeedWriter } from "#render/feed/writer.ts";
import type { Database } from "#store/database/database.ts";
import { feedStore } from "#store/feeds/feeds.ts";
import { openKeep } from "#store/sending/channel-keep.ts";
import { openFetch, originsIn } from "#web/open-fetch.ts";
import { publicUrl, type SiteContext } from "./site.ts";

export async function openTransport(
  site: SiteContext,
  database: Database,
  queue: JobQueue,
  channel: Channel,
  secret: string,
  share: (channel: string, connections: number) => number,
): Promise<Transport> {
  const adapter = site.adapters.get(channel.adapter);
  if (!adapter) throw new PostriderError("not_found", `There is no adapter "${channel.adapter}"`);
  return adapter.open(channel.config, {
    channel: channel.name,
    site: site.config.site,
    publicUrl: publicUrl(site),
    baseDir: site.config.dir,
    // A post's picture and a network's answer name addresses, too.
    fetch: openFetch([...originsIn(channel.config), site.config.site.url, publicUrl(site)]),
    clock: site.clock,
    log: site.log,
    secret,
    share: (connections) => share(channel.name, connections),
    keep: openKeep(database, channel.name, secret),
    feed: openFeedShelf(channel.name, {
      store: feedStore,
      writer: openFeedWriter(site.config.site, version),
      queue,
      site: site.config.site,
      now: () => site.clock.now(),
      transaction: database.transaction,
    }),
  });
}
