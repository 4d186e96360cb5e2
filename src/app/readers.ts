/** What readers see of us, with what it is answered from. */

import type { ReaderPorts } from "#http/readers.ts";
import { openReaderPages } from "#render/pages/pages.ts";
import type { Database } from "#store/database.ts";
import { openReaderStore } from "#store/readers.ts";
import { type SiteContext, templatesDir } from "./site.ts";

/** @throws ConfigError */
export async function openReaders(site: SiteContext, database: Database, secret: string): Promise<ReaderPorts> {
  return {
    pages: await openReaderPages(templatesDir(site.config), site.config.site),
    store: openReaderStore(database),
    secret,
    now: () => site.clock.now(),
    behindProxy: site.config.behindProxy,
  };
}
