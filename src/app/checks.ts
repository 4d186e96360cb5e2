/** What `check` works with. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type CheckCache, openCheckCache } from "#content/check-cache.ts";
import { openLinkCheck } from "#content/dead-links.ts";
import { rulesTable } from "#content/rules-table.ts";
import { type SiteLink, siteLinks } from "#content/site-links.ts";
import { sha256 } from "#core/idempotency.ts";
import type { Post } from "#core/post.ts";
import type { Channel } from "#core/publication.ts";
import { readOutline } from "#render/outline.ts";
import { type SiteContext, templatesDir, version } from "./site.ts";

/** What checking posts came to, kept in the data folder under everything that could change it besides the posts. */
export async function openPostChecks<T>(site: SiteContext, channels: readonly Channel[]): Promise<CheckCache<T>> {
  const { config, dataDir, clock } = site;
  const templates = await readdir(templatesDir(config), { recursive: true, withFileTypes: true });
  const files = templates.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(files.sort().map((file) => readFile(file, "utf8")));
  const rendered = channels.map(({ name, adapter, config: settings, style }) => [
    name,
    adapter,
    sha256(JSON.stringify([settings, style])),
  ]);
  const fingerprint = sha256(JSON.stringify([version, rulesTable(), config.site, config.content, rendered, texts]));
  return openCheckCache<T>(join(dataDir, "checks.json"), fingerprint, clock.now);
}

/** Where a post leads on its own site. */
export function linksWithin(post: Post): SiteLink[] {
  return siteLinks(post, readOutline);
}

/** Looks for links of a post whose pages are gone. */
export function openDeadLinks(): ReturnType<typeof openLinkCheck> {
  return openLinkCheck(readOutline);
}
