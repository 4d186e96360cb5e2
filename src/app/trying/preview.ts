/** Opens what `preview` needs, without any connection. */

import type { FeedPage } from "#core/feed.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { version } from "#files/package.ts";
import { documentId } from "#pipeline/feeds/feed-pages.ts";
import type { PreviewPorts } from "#pipeline/pages/preview.ts";
import { openFeedWriter } from "#render/feed/writer.ts";
import { buildMessage } from "#smtp/message/message.ts";
import { linksFor, unsubscribeByMail } from "../links.ts";
import { channelsNamed, publicUrl, type SiteContext } from "../site.ts";

/** What `preview` works with: everything but a connection. */
export function openPreview(site: SiteContext): PreviewPorts {
  const links = linksFor(site, "preview");
  const configured = channelsNamed(site, undefined, { dummies: true });
  const examples = examplesFor(site).filter(({ medium }) => !configured.some((channel) => channel.medium === medium));
  const channels: Channel[] = [...configured, ...examples];
  return {
    renderer: site.renderer,
    ...(site.pictures && { pictures: site.pictures }),
    adapters: site.adapters,
    channels,
    buildMail: (envelope, channel) => buildMessage(envelope, channel.config as { from: string; replyTo?: string }),
    feedXml: (items) => {
      const selfUrl = `${publicUrl(site)}/feed.xml`;
      const page: FeedPage = { id: documentId(selfUrl, ""), path: "feed.xml", format: "rss", selfUrl, entries: [] };
      const changedAt = items[0]?.updatedAt ?? site.clock.now();
      return openFeedWriter(site.config.site, version).write(page, items, changedAt);
    },
    unsubscribeUrl: (name) => {
      const example = examples.find((channel) => channel.name === name);
      return example ? unsubscribeByMail(example) : links("preview", "preview", name).unsubscribeUrl;
    },
  };
}

/** Example channels, to show the post on networks that are not configured yet. */
function examplesFor({ config }: SiteContext): Channel[] {
  const from = `news@${new URL(config.site.url).hostname}`;
  return [
    { name: "email", adapter: "smtp", medium: "email", list: "everyone", config: { from } },
    { name: "feed", adapter: "rss", medium: "feed", config: {} },
  ];
}
