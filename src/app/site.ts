/** Opens a site without any connection: configuration, posts, templates, adapters. */

import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { loadAdapters } from "#adapters/index.ts";
import { plainList } from "#config/site/lists.ts";
import { type Configuration, readConfiguration } from "#config/site/site.ts";
import { configFile, type Environment, readEnvironment } from "#config/values/env.ts";
import { openContent } from "#content/content.ts";
import { presetNames } from "#content/generators/presets.ts";
import { switchableRules } from "#content/rules.ts";
import type { Adapter } from "#core/adapter.ts";
import type { Clock } from "#core/clock.ts";
import { ConfigError, UsageError } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { Content } from "#core/posts/content.ts";
import type { Pictures } from "#core/posts/picture.ts";
import { type Post, whyNotMailed, whyNotPosted } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { Medium, Renderer } from "#core/renditions/rendition.ts";
import { suggestion } from "#core/spelling.ts";
import { packageDir } from "#files/package.ts";
import { openPictures } from "#images/pictures.ts";
import { readOutline } from "#render/markdown/outline.ts";
import { openRenderer } from "#render/renderer.ts";
import { openFetch } from "#web/open-fetch.ts";
import { keepDataPrivate, reportPrivacy } from "./privacy.ts";

export interface OpenOptions {
  /** Path of `postrider.yaml`; default: `POSTRIDER_CONFIG`, else in the current folder. */
  config?: string;
  /** Folder of the embedded database; default: `.postrider` beside the configuration. */
  data?: string;
  log: Log;
}

/** Everything for reading and rendering: configuration, posts, templates, adapters. Makes no connections. */
export interface SiteContext {
  config: Configuration;
  environment: Environment;
  dataDir: string;
  /** The folder of pictures that `serve` publishes; `null` if pictures are published elsewhere or attached to emails. */
  picturesDir?: string | null;
  content: Content;
  renderer: Renderer;
  /** Absent: pictures are linked to their future addresses. */
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
    adapters: loadAdapters,
  });
  // Absolute, because the database driver takes a path without a leading slash for a host name.
  const dataDir = options.data ? resolve(options.data) : join(config.dir, ".postrider");
  reportPrivacy(keepDataPrivate(dataDir), dataDir, options.log);
  const { publish, ...pictures } = config.pictures;
  const shelf = publish && { dir: join(dataDir, "pictures"), ...publish };
  const roots = pictureRoots(config);
  const shown = openPictures({
    ...pictures,
    ...(shelf && { publish: shelf, keptPrivate: publish?.dir === undefined }),
    ...{ roots, siteUrl: config.site.url, fetch: openFetch(pictures.hosts.map((host) => `https://${host}`)) },
  });
  const { log } = options;
  const tools = { site: config.site, outline: readOutline, clock: systemClock, baseDir: config.dir };
  const { content, renderer, adapters } = await allOf(config, {
    content: async () => openContent(config.content, tools),
    renderer: () => openRenderer({ templatesDir: templatesDir(config), site: config.site, pictures: shown }),
    adapters: () => loadAdapters(config.adapterNames, config.dir),
  });
  return {
    config,
    environment,
    dataDir,
    // If the pictures have an address of our server, our server must publish them.
    picturesDir:
      shelf && config.serverUrl && `${shelf.url}/`.startsWith(`${config.serverUrl}/pictures/`) ? shelf.dir : null,
    content,
    renderer,
    pictures: shown,
    adapters,
    clock: systemClock,
    log,
  };
}

interface Parts {
  content: Content;
  renderer: Renderer;
  adapters: ReadonlyMap<string, Adapter>;
}

/** Opens all three. @throws ConfigError with the mistakes of all three, and also of the channels */
async function allOf(config: Configuration, open: { [P in keyof Parts]: () => Promise<Parts[P]> }): Promise<Parts> {
  const errors: ConfigError[] = [];
  const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      errors.push(error);
      return null;
    }
  };
  const content = await attempt(() => open.content().catch((error: unknown) => inFile(error, config)));
  const renderer = await attempt(open.renderer);
  const adapters = await attempt(open.adapters);
  if (content && renderer && adapters) return { content, renderer, adapters };
  if (adapters) await attempt(async () => config.channels(adapters, { dummies: true }));
  throw ConfigError.all(errors as [ConfigError, ...ConfigError[]]);
}

/** Adds the line of the configuration to an error about a pattern. @throws the given error */
function inFile(error: unknown, { file, lineOf }: Configuration): never {
  if (!(error instanceof ConfigError) || error.file) throw error;
  const { message, hint } = error;
  const line = lineOf(["content", "permalink"]);
  throw new ConfigError(message, { file, line, ...(hint && { hint }) });
}

/** Pictures may be next to the posts, one folder above, or in folders that generators publish at the site's root; a logo also next to the theme. */
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

/** The site's own templates, or else ours. A folder `templates` may also belong to the site generator, as with Zola. */
export function templatesDir(config: Configuration): string {
  const own = join(config.dir, "templates");
  return ["email", "theme.yaml"].some((name) => existsSync(join(own, name))) ? own : join(packageDir, "templates");
}

/** The channels with these names, or all. @throws UsageError for an unknown name; ConfigError */
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
    const hint = suggestion(name, site.config.channelNames) || `Channels: ${site.config.channelNames.join(", ")}.`;
    throw new UsageError(`There is no channel "${name}" in ${basename(site.config.file)}`, { hint });
  });
}

/** The channels of a medium, ready for use. Missing credentials of other channels don't matter. @throws ConfigError */
export function channelsOf(site: SiteContext, medium: Medium): Channel[] {
  const known = channelsNamed(site, undefined, { dummies: true }).filter((channel) => channel.medium === medium);
  return channelsNamed(
    site,
    known.map(({ name }) => name),
  );
}

/** All channels in their order, those that can't be used with the reason. */
export function configuredChannels(site: SiteContext): { channel: Channel; error?: unknown }[] {
  return channelsNamed(site, undefined, { dummies: true }).map((channel) => {
    try {
      channelsNamed(site, [channel.name]);
      return { channel };
    } catch (error) {
      return { channel, error };
    }
  });
}

/** The email channels, for inspection only. */
export function mailChannels(site: SiteContext): Channel[] {
  return channelsNamed(site, undefined, { dummies: true }).filter(({ medium }) => medium === "email");
}

/** The lists that channels send to, with the channels' names. */
export function mailedLists(site: SiteContext): Map<string, string[]> {
  const named = mailChannels(site).flatMap(({ name, list }) => (list === undefined ? [] : [{ name, list }]));
  return new Map(
    [...Map.groupBy(named, ({ list }) => list)].map(([list, channels]) => [list, channels.map(({ name }) => name)]),
  );
}

/** The lists in the configuration: those that channels send to, and those with settings. */
export function siteLists(site: SiteContext): string[] {
  return [...new Set([...mailedLists(site).keys(), ...Object.keys(site.config.lists)])];
}

/** Why a post is not sent to a channel unless the channel is named; empty: it is sent. */
export type LeftOut = (post: Post, channel: Pick<Channel, "name" | "adapter" | "medium" | "list">) => string;

export function leftOutIn({ config }: Pick<SiteContext, "config">): LeftOut {
  return (post, { name, adapter, medium, list = "" }) => {
    if (medium === "note") return whyNotPosted(post, name, adapter);
    return medium === "email" ? whyNotMailed(post, (config.lists[list] ?? plainList).posts) : "";
  };
}

/** Paths for output: relative to the site's folder, so that they don't reveal the machine's folders. */
export function placeIn({ config }: Pick<SiteContext, "config">): (path: string) => string {
  return (path) => relative(config.dir, resolve(config.dir, path)).replaceAll(sep, "/");
}

/** The address of the server: the public one, or the one on which it listens. */
export function serverAddress({ config: { serverUrl, listen } }: SiteContext): string {
  if (serverUrl) return serverUrl;
  const host = ["0.0.0.0", "::"].includes(listen.host) ? "localhost" : listen.host;
  return `http://${host.includes(":") ? `[${host}]` : host}:${listen.port}`;
}

/** The public address of our server. */
export function publicUrl({ config }: SiteContext): string {
  return config.serverUrl ?? config.site.url;
}
