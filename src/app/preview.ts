/** What `preview` works with: everything but a connection. */

import type { FeedPage } from "#core/feed.ts";
import type { PreviewPorts } from "#pipeline/preview.ts";
import { openFeedWriter } from "#render/feed-writer.ts";
import { buildMessage } from "#smtp/message.ts";
import { linksFor } from "./links.ts";
import { channelsNamed, publicUrl, type SiteContext, version } from "./site.ts";

/** What `preview` works with: everything but a connection. */
export function openPreview(site: SiteContext): PreviewPorts {
  const links = linksFor(site, "preview");
  return {
    renderer: site.renderer,
    adapters: site.adapters,
    channels: channelsNamed(site, undefined, { dummies: true }),
    buildMail: (envelope, channel) => buildMessage(envelope, channel.config as { from: string; replyTo?: string }),
    feedXml: (items) => {
      const page: FeedPage = { path: "feed.xml", format: "rss", selfUrl: `${publicUrl(site)}/feed.xml`, entries: [] };
      const changedAt = items[0]?.updatedAt ?? site.clock.now();
      return openFeedWriter(site.config.site, version).write(page, items, changedAt);
    },
    unsubscribeUrl: (channel) => links("preview", "preview", channel).unsubscribeUrl,
  };
}
