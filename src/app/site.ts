/** A site without a connection to anybody: configuration, posts, templates, adapters. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { loadAdapters } from "#adapters/index.ts";
import { configFile, type Environment, readEnvironment } from "#config/env.ts";
import { plainList } from "#config/lists.ts";
import { type Configuration, readConfiguration } from "#config/site.ts";
import { openContent } from "#content/content.ts";
import { presetNames } from "#content/presets.ts";
import { switchableRules } from "#content/rules.ts";
import type { Adapter } from "#core/adapter.ts";
import type { Clock } from "#core/clock.ts";
import type { Content } from "#core/content.ts";
import { UsageError } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { Pictures } from "#core/picture.ts";
import { type Post, whyNotMailed, whyNotPosted } from "#core/post.ts";
import type { Channel } from "#core/publication.ts";
import type { Medium, Renderer } from "#core/rendition.ts";
import { suggestion } from "#core/spelling.ts";
import { openPictures } from "#images/pictures.ts";
import { readOutline } from "#render/outline.ts";
import { openRenderer } from "#render/renderer.ts";
import { keepDataPrivate, reportPrivacy } from "./privacy.ts";

export const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** The folder that holds `templates/` and `migrations/`: the same from source and from `dist`. */
export const packageDir = fileURLToPath(new URL("../../", import.meta.url));

export interface OpenOptions {
  /** Path of `postrider.yaml`; default: `POSTRIDER_CONFIG`, else in the current folder. */
  config?: string;
  /** Folder of the embedded database; default: `.postrider` beside the configuration. */
  data?: string;
  log: Log;
}

/** What reading and rendering need: configuration, posts, templates, adapters. Connects to nobody. */
export interface SiteContext {
  config: Configuration;
  environment: Environment;
  dataDir: string;
  /** Where the pictures of mails are that `serve` gives out; `null` where they are elsewhere or travel along. */
  picturesDir?: string | null;
  content: Content;
  renderer: Renderer;
  /** Absent: pictures are shown from where they will be. */
  pictures?: Pictures;
  adapters: ReadonlyMap<string, Adapter>;
  clock: Clock;
  log: Log;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal && { signal }),
};

/** @throws ConfigError */
export async function openSite(options: OpenOptions): Promise<SiteContext> {
  const file = configFile(options.config);
  const environment = readEnvironment(dirname(file));
  const config = await readConfiguration(file, environment.variables, {
    presets: presetNames(),
    checks: switchableRules,
  });
  // Whole: a database takes what does not begin with a slash for the name of a host.
  const dataDir = options.data ? resolve(options.data) : join(config.dir, ".postrider");
  reportPrivacy(keepDataPrivate(config, dataDir), dataDir, options.log);
  const { publish, ...pictures } = config.pictures;
  const shelf = publish && { dir: join(dataDir, "pictures"), ...publish };
  const roots = pictureRoots(config);
  const shown = openPictures({
    ...pictures,
    ...(shelf && { publish: shelf, keptPrivate: publish?.dir === undefined }),
    ...{ roots, siteUrl: config.site.url, fetch },
  });
  const renderer = await openRenderer({ templatesDir: templatesDir(config), site: config.site, pictures: shown });
  const { log } = options;
  const tools = { site: config.site, outline: readOutline, clock: systemClock, baseDir: config.dir };
  return {
    config,
    environment,
    dataDir,
    // Those at an address of ours are ours to serve.
    picturesDir:
      shelf && config.serverUrl && `${shelf.url}/`.startsWith(`${config.serverUrl}/pictures/`) ? shelf.dir : null,
    content: openContent(config.content, tools),
    renderer,
    pictures: shown,
    adapters: await loadAdapters(config.adapterNames, config.dir),
    clock: systemClock,
    log,
  };
}

/** Pictures are beside the posts, one folder up, in what generators serve from the root of the site, or, a logo, beside the theme. */
function pictureRoots({ content, dir }: Configuration): string[] {
  const above = dirname(content.dir);
  return [
    content.dir,
    ...(above === dir ? [] : [above]),
    join(dir, "static"),
    join(dir, "public"),
    join(dir, "templates"),
  ];
}

/** The site's own templates, else ours. */
export function templatesDir(config: Configuration): string {
  const own = join(config.dir, "templates");
  return existsSync(own) ? own : join(packageDir, "templates");
}

/** The channels of these names, or all. @throws UsageError for a name that isn't there; ConfigError */
export function channelsNamed(
  site: SiteContext,
  names?: readonly string[],
  options?: { dummies?: boolean },
): Channel[] {
  const channels = site.config.channels(site.adapters, { ...options, ...(names && { names }) });
  if (!names) return channels;
  return names.map((name) => {
    const channel = channels.find((candidate) => candidate.name === name);
    if (channel) return channel;
    const hint = suggestion(name, site.config.channelNames) || `Channels are ${site.config.channelNames.join(", ")}.`;
    throw new UsageError(`There is no channel "${name}" in ${site.config.file}`, { hint });
  });
}

/** The channels of a medium, ready to be used: what others are short of does not matter. @throws ConfigError */
export function channelsOf(site: SiteContext, medium: Medium): Channel[] {
  const known = channelsNamed(site, undefined, { dummies: true }).filter((channel) => channel.medium === medium);
  return channelsNamed(
    site,
    known.map(({ name }) => name),
  );
}

/** The channels of mail, to look at. */
export function mailChannels(site: SiteContext): Channel[] {
  return channelsNamed(site, undefined, { dummies: true }).filter(({ medium }) => medium === "email");
}

/** A list that no channel mails to is probably one that was spelt otherwise: a sentence, or `null`. */
export function unmailedList(site: SiteContext, list: string): string | null {
  const mailed = [...new Set(mailChannels(site).flatMap((channel) => channel.list ?? []))];
  if (mailed.includes(list)) return null;
  const hint = suggestion(list, mailed) || (mailed.length > 0 ? `there are ${mailed.join(", ")}` : "");
  return `No channel mails to the list "${list}"${hint && `; ${hint}`}`;
}

/** Why a post goes to a channel only when somebody names that; empty: it goes. */
export type LeftOut = (post: Post, channel: Pick<Channel, "name" | "adapter" | "medium" | "list">) => string;

export function leftOutIn({ config }: Pick<SiteContext, "config">): LeftOut {
  return (post, { name, adapter, medium, list = "" }) => {
    if (medium === "note") return whyNotPosted(post, name, adapter);
    return medium === "email" ? whyNotMailed(post, (config.lists[list] ?? plainList).posts) : "";
  };
}

/** Where what we serve is found. */
export function publicUrl({ config }: SiteContext): string {
  return config.serverUrl ?? config.site.url;
}
