/** Opens what `check` needs. */

import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import { type CheckCache, openCheckCache } from "#content/checks/check-cache.ts";
import { comparePosts } from "#content/checks/compare.ts";
import { openLinkCheck } from "#content/checks/dead-links.ts";
import { rulesTable } from "#content/checks/rules-table.ts";
import { siteLinks } from "#content/checks/site-links.ts";
import { finding, switched } from "#content/rules.ts";
import { messageOf } from "#core/errors.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import type { CheckedPost, CheckPorts } from "#desk/posts/check.ts";
import { version } from "#files/package.ts";
import { readOutline } from "#render/markdown/outline.ts";
import { sitePorts } from "../desk.ts";
import { channelsNamed, type SiteContext, templatesDir } from "../site.ts";

/** Opens everything that checking needs from a site. */
export async function openChecks(site: SiteContext): Promise<CheckPorts> {
  const { config, content, adapters, clock, log } = site;
  const channels = channelsNamed(site, undefined, { dummies: true });
  const cache = await openPostChecks(site, channels);
  const switches = new Map(Object.entries(config.content.checks ?? {}));
  return {
    ...{ channels, adapters },
    read: (path) => content.read(path),
    filesOf: (paths) => filesOf(paths, site),
    renderOffline: sitePorts(site).renderOffline,
    pictures: (post) => findPictures(post, site),
    switched: (finding) => [switched(finding, switches) ?? []].flat(),
    linksWithin: (post) => siteLinks(post, readOutline),
    compare: (posts) => comparePosts(posts.flatMap(comparable), switches),
    cached: (path, check) => cache.through(resolve(config.dir, path), check),
    // Everything works without the cache, but slower.
    save: (complete) =>
      cache
        .save({ complete })
        .catch((error: unknown) => log.warn("the check results can't be saved", { error: messageOf(error) })),
    deadLinks: () => openLinkCheck(readOutline),
    now: () => clock.now(),
  };
}

/** The named posts; for a folder, the posts of the content folder that are in it. */
async function filesOf(paths: readonly string[], { config, content }: SiteContext): Promise<string[]> {
  if (paths.length === 0) return content.list();
  const files: string[] = [];
  for (const path of paths) {
    const full = resolve(config.dir, path);
    const isFolder = await stat(full).then(
      (facts) => facts.isDirectory(),
      () => false,
    );
    const inside = isFolder ? (await content.list()).filter((file) => file.startsWith(full + sep)) : [];
    files.push(...(inside.length > 0 ? inside : [path]));
  }
  return files;
}

/** A post that can't be read is not compared. */
function comparable({ path, title, url, status, links }: CheckedPost) {
  return title && url ? [{ path, title, url, status, links }] : [];
}

/** Opens the cache of check results in the data folder. Its key is everything besides the posts that affects a result. */
async function openPostChecks(site: SiteContext, channels: readonly Channel[]): Promise<CheckCache<CheckedPost>> {
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
  return openCheckCache<CheckedPost>(join(dataDir, "checks.json"), fingerprint, clock.now);
}

/** Looks for the picture files of a post: returns problems for missing files, and the paths of the others. */
async function findPictures(
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

/** The line of the file; 1 if the name is spelt differently there. */
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
