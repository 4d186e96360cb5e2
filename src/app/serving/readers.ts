/** Opens the pages for readers. */

import { type ListSettings, plainList } from "#config/site/lists.ts";
import type { Ledger } from "#core/ports/ledger.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { FeedLibrary } from "#http/feeds/feed-library.ts";
import type { ReaderPorts } from "#http/readers/routes.ts";
import { openEditionPages } from "#pipeline/readers/archive.ts";
import { openReaderPages } from "#render/pages/pages.ts";
import type { Database } from "#store/database/database.ts";
import { openEditions } from "#store/jobs/editions.ts";
import { openArchiveStore } from "#store/readers/archive.ts";
import { openEngagement } from "#store/readers/engagement.ts";
import { openReaderStore } from "#store/readers/readers.ts";
import { mailChannels, type SiteContext, templatesDir } from "../site.ts";

/** @throws ConfigError */
export async function openReaders(
  site: SiteContext,
  database: Database,
  parts: { ledger: Ledger; queue: JobQueue; secret: string; library: Pick<FeedLibrary, "documents"> },
): Promise<ReaderPorts> {
  const { ledger, queue, secret, library } = parts;
  const lists = listsOf(site);
  const names = (which: (list: ListSettings) => boolean): string[] => lists.filter(which).map(({ name }) => name);
  return {
    pages: await openReaderPages(templatesDir(site.config), site.config.site),
    store: await openReaderStore(database, lists),
    queue,
    secret,
    now: () => site.clock.now(),
    behindProxy: site.config.behindProxy,
    tracked: names(({ tracking }) => tracking),
    engagement: openEngagement(database),
    feeds: () => library.documents(),
    archive: {
      store: openArchiveStore(database),
      page: openEditionPages({ ledger, editions: openEditions(database), renderer: site.renderer }),
      publicLists: names(({ archive }) => archive === "public"),
      unlistedLists: names(({ archive }) => archive === "unlisted"),
      indexedLists: names(({ index }) => index),
    },
  };
}

/** The lists that channels send to. If there is only one, its title is the site's title. */
export function listsOf(site: SiteContext): ({ name: string; title: string } & ListSettings)[] {
  const names = [...new Set(mailChannels(site).flatMap(({ list }) => list ?? []))];
  return names.map((name) => {
    const settings = site.config.lists[name] ?? plainList;
    return { ...settings, name, title: settings.title ?? (names.length === 1 ? site.config.site.title : name) };
  });
}
