/** What `check` works with. */

import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import { type CheckCache, openCheckCache } from "#content/checks/check-cache.ts";
import { openLinkCheck } from "#content/checks/dead-links.ts";
import { rulesTable } from "#content/checks/rules-table.ts";
import { type SiteLink, siteLinks } from "#content/checks/site-links.ts";
import { finding } from "#content/rules.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { readOutline } from "#render/markdown/outline.ts";
import { type SiteContext, templatesDir, version } from "../site.ts";

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

/** The pictures of a post whose files should be there: those that are not, and the files of the others. */
export async function lookForPictures(
  post: Post,
  { config, pictures }: SiteContext,
): Promise<{ missing: Diagnostic[]; files: string[] }> {
  const missing: Diagnostic[] = [];
  const files: string[] = [];
  const path = resolve(config.dir, post.path);
  const named = readOutline(post.body).images.map(({ src, line }) => ({ src, line: line + post.bodyLine - 1 }));
  const lead = post.image && !named.some(({ src }) => post.image?.url.endsWith(src.replace(/^\.\//, "")));
  if (lead) named.unshift({ src: post.image?.url ?? "", line: await lineWith(basename(post.image?.url ?? ""), path) });
  for (const { src, line } of named) {
    const found = await pictures?.search(src, path);
    if (found?.kind === "found") files.push(found.file);
    if (found?.kind !== "missing") continue;
    const near = found.near && `; did you mean "${found.near}"?`;
    const looked = relative(config.dir, found.looked).replaceAll(sep, "/");
    missing.push(finding("missing-image", line, `There is no file ${looked} for the picture "${src}"${near}`));
  }
  return { missing, files };
}

/** Of the file; 1 where it is written otherwise. */
async function lineWith(name: string, path: string): Promise<number> {
  const lines = (await readFile(path, "utf8").catch(() => "")).split("\n");
  return (
    1 +
    Math.max(
      0,
      lines.findIndex((line) => line.includes(name) || encodeURI(line).includes(name)),
    )
  );
}

/** Looks for links of a post whose pages are gone. */
export function openDeadLinks(): ReturnType<typeof openLinkCheck> {
  return openLinkCheck(readOutline);
}
