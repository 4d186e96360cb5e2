/** Writes the documents of a feed in their formats. */

import type { FeedWriter } from "#core/feed.ts";
import type { Site } from "#core/posts/post.ts";
import { atomDocument } from "./atom.ts";
import { jsonDocument } from "./json.ts";
import { rssDocument } from "./rss.ts";

const documents = { rss: rssDocument, atom: atomDocument, json: jsonDocument };

/** @param version - of this program. */
export function openFeedWriter(site: Site, version: string): FeedWriter {
  return {
    version,
    write: (page, items, changedAt) => documents[page.format](site, page, items, changedAt),
  };
}
