/** Reads `postrider.yaml`, and reports all mistakes at once, each with its line. */

import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, resolve } from "node:path";
import { interpolate } from "#config/values/interpolate.ts";
import { type Problem, validate } from "#config/values/issues.ts";
import type { Adapter, Schema } from "#core/adapter.ts";
import { ConfigError, messageOf } from "#core/errors.ts";
import type { HookSettings } from "#core/hooks/hook.ts";
import type { ContentSettings } from "#core/posts/content.ts";
import type { Site } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { suggestion } from "#core/spelling.ts";
import { parseYaml, type YamlDocument, YamlError } from "#formats/yaml.ts";
import type { BounceSettings } from "./bounces.ts";
import { type ChannelSurroundings, parseChannel } from "./channels.ts";
import type { OidcSettings } from "./console.ts";
import type { ListSettings } from "./lists.ts";
import type { RetentionRules } from "./retention.ts";
import { type SiteFile, siteFile } from "./site-file.ts";
import { hookSettings } from "./webhooks.ts";

export interface Configuration {
  file: string;
  /** The folder of the file. Relative paths in the file start here. */
  dir: string;
  site: Site;
  content: ContentSettings;
  /** Public address of unsubscribe links and feeds, without a slash at the end. */
  serverUrl?: string;
  /** Where `serve` listens. */
  listen: { host: string; port: number };
  /** The server is behind a proxy, whose information about the sender of a request is trusted. */
  behindProxy: boolean;
  /** How many requests to the API each token may send in a minute. */
  requestsPerMinute: number;
  /** Whether `/metrics` is available. */
  metrics: boolean;
  /** The pages for the people who work with the site. `null`: they are switched off. */
  console: { title: string } | null;
  /** What the file says and the defaults, for people: names of settings with their values. */
  written: Readonly<Record<string, unknown>>;
  /** How pictures in emails are handled. */
  pictures: PictureConfiguration;
  /** How bounces are handled. */
  bounces: BounceSettings;
  /** A language model that writes social posts, if one is configured. */
  writer?: WriterConfiguration;
  /** How long personal data is kept. */
  retention: RetentionRules;
  /** Settings for the push webhook of a Git host. */
  git?: { secret: string; branch: string };
  /** The provider through which people sign in. */
  oidc?: OidcSettings;
  /** The webhook to which problems are reported. */
  alertsUrl?: string;
  /** Addresses that are told what happens. */
  webhooks: readonly HookSettings[];
  /** Settings of lists by name. Not every list has an entry. */
  lists: Readonly<Record<string, ListSettings>>;
  /** Segment expressions by name. */
  segments: Readonly<Record<string, string>>;
  /** The line of a value in the file, counted from 1. */
  lineOf(path: readonly (string | number)[]): number;
  /** Names of the channels in the order of the file. */
  channelNames: string[];
  /** The values of `adapter:` of all channels, including unknown ones. */
  adapterNames: readonly string[];
  /**
   * The channels, with settings checked by their adapters. Variables may be missing for channels that are not in
   * `names`. With `dummies`, all may be missing, because credentials are not needed without a connection.
   * @throws ConfigError with every problem
   */
  channels(
    adapters: ReadonlyMap<string, Adapter>,
    options?: { dummies?: boolean; names?: readonly string[] },
  ): Channel[];
}

export interface PictureConfiguration {
  /** Whether every picture is attached to the email. */
  attach?: boolean;
  /** Hosts besides the site itself from which pictures may be fetched. */
  hosts: string[];
  /** The folder for converted pictures and its address; without `dir`, our server publishes them. Absent: they are attached to the email. */
  publish?: { dir?: string; url: string };
}

export interface WriterConfiguration {
  /** The address of a chat completions endpoint. */
  url: string;
  model: string;
  token?: string | undefined;
  timeoutSeconds: number;
}

/** Names that are defined in other folders, so that a wrong name is reported with its line and the right spelling. */
export interface KnownNames {
  presets: readonly string[];
  /** Codes of rules that can be switched off or on. */
  checks: readonly string[];
  /** Opens the adapters in a file that has mistakes, so that its channels are also checked. */
  adapters?: (names: readonly string[], dir: string) => Promise<ReadonlyMap<string, Adapter>>;
}

/** @throws ConfigError */
export async function readConfiguration(
  file: string,
  variables: Readonly<Record<string, string | undefined>>,
  known?: KnownNames,
): Promise<Configuration> {
  const document = parse(await read(file), file);
  const { value, filled, missing } = interpolate(document.value, variables);
  const variableOf = (path: readonly (string | number)[]): string | undefined =>
    filled.find((variable) => samePath(variable.path, path))?.name;
  const result = validate(siteFile as Schema<SiteFile>, value, variableOf);
  const early = missing.filter(({ path }) => path[0] !== "channels").map(unset);
  const twice = document.twice.map(({ key, line }) => ({ path: [], message: `"${key}" is given twice`, line }));
  const written = mapping(value);
  const problems = [
    ...early,
    ...twice,
    ...("problems" in result ? result.problems : []),
    ...(known ? unknownNames(mapping(written["content"]), known) : []),
  ];
  if (mapping(written["pictures"])["publish"] === "server" && !mapping(written["server"])["url"])
    problems.push({
      path: ["pictures", "publish"],
      message: 'is "server", so server.url must be set',
    });
  const dir = dirname(file);
  const isGap = (path: readonly (string | number)[]): boolean =>
    missing.some((gap) => samePath(gap.path, path.slice(0, gap.path.length)));
  if ("problems" in result || problems.length > 0) {
    const surroundings = { variableOf, isGap, timezone: "UTC", segments: segmentsOf(written) };
    const { found, others } = await channelProblems(written, dir, surroundings, known);
    throw ConfigError.all([configError(file, document, [...problems, ...found]), ...others]);
  }
  const { site, content, pictures, server, channels, segments, alerts, git, writer, ...rest } = result.value;
  return {
    file,
    dir,
    site: { ...defined(site), url: site.url.replace(/\/+$/, "") } as Site,
    content: {
      ...defined(content),
      dir: isAbsolute(content.dir) ? content.dir : resolve(dir, content.dir),
    } as ContentSettings,
    ...serverSettings(server),
    console: consoleOf(rest.console, site),
    written: mapping(document.value),
    pictures: {
      hosts: pictures.hosts,
      ...(pictures.attach !== undefined && { attach: pictures.attach }),
      ...(pictures.publish && { publish: publishing(pictures.publish, server.url, dir) }),
    },
    ...{ bounces: rest.bounces, retention: rest.retention, lists: rest.lists, segments },
    ...{ ...(alerts.url && { alertsUrl: alerts.url }), webhooks: hookSettings(rest.webhooks) },
    ...{ ...(git && { git }), ...(writer && { writer }) },
    ...(rest.console.oidc && { oidc: rest.console.oidc }),
    lineOf: (path) => document.lineOf(path),
    channelNames: Object.keys(channels),
    adapterNames: [...new Set(Object.values(channels).map(({ adapter }) => adapter))],
    channels(adapters, { dummies = false, names = Object.keys(channels) } = {}) {
      const problems = dummies ? [] : missing.filter(({ path }) => names.includes(String(path[1]))).map(unset);
      const parsed = Object.entries(channels).flatMap(([name, settings]) => {
        const outcome = parseChannel(name, settings, {
          adapters,
          timezone: site.timezone,
          segments,
          variableOf,
          isGap,
        });
        if ("channel" in outcome) return [outcome.channel];
        problems.push(...outcome.problems);
        return [];
      });
      if (problems.length > 0) throw configError(file, document, problems);
      return parsed;
    },
  };
}

function consoleOf({ enabled, title }: SiteFile["console"], site: SiteFile["site"]): Configuration["console"] {
  return enabled ? { title: title ?? site.title } : null;
}

function publishing(
  asked: "server" | { dir: string; url: string },
  serverUrl: string | undefined,
  dir: string,
): { dir?: string; url: string } {
  if (asked !== "server") return { ...asked, dir: resolve(dir, asked.dir) };
  return { url: `${serverUrl?.replace(/\/+$/, "")}/pictures` };
}

function serverSettings({
  url,
  listen,
  ...rest
}: SiteFile["server"]): Pick<Configuration, "serverUrl" | "listen" | "behindProxy" | "metrics" | "requestsPerMinute"> {
  return { ...rest, ...(url && { serverUrl: url.replace(/\/+$/, "") }), listen: parseListen(listen) };
}

function parseListen(listen: string): { host: string; port: number } {
  const colon = listen.lastIndexOf(":");
  return { host: listen.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(listen.slice(colon + 1)) };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code !== "ENOENT";
    throw new ConfigError(isThere ? `${file} can't be read: ${messageOf(cause)}` : `There is no ${file}`, {
      hint: "Create it with `postrider init`, or name another file with `--config`.",
      cause,
    });
  }
}

function parse(text: string, file: string): YamlDocument {
  try {
    return parseYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new ConfigError(error.message, { file, line: error.line });
  }
}

/** Mistakes in the channels of a file that also has other mistakes, as far as they can be found. */
async function channelProblems(
  written: Mapping,
  dir: string,
  surroundings: Omit<ChannelSurroundings, "adapters">,
  known: KnownNames | undefined,
): Promise<{ found: Problem[]; others: ConfigError[] }> {
  const channels = Object.entries(mapping(written["channels"])).flatMap(([name, settings]) => {
    const { adapter, ...rest } = mapping(settings);
    return typeof adapter === "string" ? [{ name, settings: { adapter, ...rest } }] : [];
  });
  if (!known?.adapters) return { found: [], others: [] };
  try {
    const adapters = await known.adapters([...new Set(channels.map(({ settings }) => settings.adapter))], dir);
    const found = channels.flatMap(({ name, settings }) => {
      const outcome = parseChannel(name, settings, { ...surroundings, adapters });
      return "problems" in outcome ? outcome.problems : [];
    });
    return { found, others: [] };
  } catch (error) {
    if (error instanceof ConfigError) return { found: [], others: [error] };
    throw error;
  }
}

type Mapping = Readonly<Record<string, unknown>>;

/** A value that is not a mapping counts as empty; its error is reported elsewhere. */
function mapping(value: unknown): Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
}

function segmentsOf(written: Mapping): Record<string, string> {
  const entries = Object.entries(mapping(written["segments"]));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function unknownNames({ preset = "plain", checks: switches }: Mapping, { presets, checks }: KnownNames): Problem[] {
  const problem = (path: string[], what: string, name: string, names: readonly string[]): Problem => ({
    path: ["content", ...path],
    message: `unknown ${what} "${name}"; ${suggestion(name, names) || `known: ${names.join(", ")}`}`,
  });
  return [
    ...(typeof preset !== "string" || preset === "" || presets.includes(preset)
      ? []
      : [problem(["preset"], "preset", preset, presets)]),
    ...Object.keys(mapping(switches))
      .filter((code) => !checks.includes(code))
      .map((code) => problem(["checks", code], "rule", code, checks)),
  ];
}

function unset({ name, path }: { name: string; path: (string | number)[] }): Problem {
  return { path, message: `the environment variable ${name} is not set. Set it, or add it to .env` };
}

/** @param problems - at least one. */
function configError(
  file: string,
  document: YamlDocument,
  problems: readonly (Problem & { line?: number })[],
): ConfigError {
  const errors = problems
    .map(({ path, message, line }) => ({
      line: line ?? document.lineOf(path),
      text: line === undefined ? `${path.join(".") || "the file"}: ${message}` : message,
    }))
    .sort((a, b) => a.line - b.line)
    .map(({ line, text }) => new ConfigError(text, { file, line }));
  return ConfigError.all(errors as [ConfigError, ...ConfigError[]]);
}

function samePath(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

/** Removes keys that are `undefined`. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}
