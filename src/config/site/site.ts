/** Reads `postrider.yaml`, and reports all mistakes at once, each with its line. */

import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, resolve } from "node:path";
import { interpolate } from "#config/values/interpolate.ts";
import { type Problem, validate } from "#config/values/issues.ts";
import type { Adapter, Schema } from "#core/adapter.ts";
import { ConfigError, messageOf } from "#core/errors.ts";
import type { ContentSettings } from "#core/posts/content.ts";
import type { Site } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { suggestion } from "#core/spelling.ts";
import { parseYaml, type YamlDocument, YamlError } from "#formats/yaml.ts";
import type { BounceSettings } from "./bounces.ts";
import { type ChannelSurroundings, parseChannel } from "./channels.ts";
import type { ListSettings } from "./lists.ts";
import type { RetentionRules } from "./retention.ts";
import { type SiteFile, siteFile } from "./site-file.ts";

export interface Configuration {
  file: string;
  /** The folder of the file: what relative paths in it are relative to. */
  dir: string;
  site: Site;
  content: ContentSettings;
  /** Public address of unsubscribe links and feeds, without a slash at the end. */
  serverUrl?: string;
  /** Where `serve` listens. */
  listen: { host: string; port: number };
  /** A proxy stands before it, and its word on where a request came from counts. */
  behindProxy: boolean;
  /** Whether `/metrics` is answered. */
  metrics: boolean;
  /** What becomes of the pictures of a mail. */
  pictures: PictureConfiguration;
  /** What is done about what comes back. */
  bounces: BounceSettings;
  /** A language model that writes notes; absent: none does. */
  writer?: WriterConfiguration;
  /** How long what is known of people is kept. */
  retention: RetentionRules;
  /** How a Git host tells of a push. */
  git?: { secret: string; branch: string };
  /** Where it is posted when something goes wrong. */
  alertsUrl?: string;
  /** By name; not every list is mentioned. */
  lists: Readonly<Record<string, ListSettings>>;
  /** Expressions by name. */
  segments: Readonly<Record<string, string>>;
  /** Where the file says something: the line, counted from 1. */
  lineOf(path: readonly (string | number)[]): number;
  /** Names of the channels in the order of the file. */
  channelNames: string[];
  /** What the channels say under `adapter:`, also what isn't there. */
  adapterNames: readonly string[];
  /**
   * The channels, their settings checked by their adapters. Variables may be missing where `names` doesn't mention their
   * channel; with `dummies` anywhere, since who connects to nobody needs no credentials.
   * @throws ConfigError with every problem
   */
  channels(
    adapters: ReadonlyMap<string, Adapter>,
    options?: { dummies?: boolean; names?: readonly string[] },
  ): Channel[];
}

export interface PictureConfiguration {
  /** Every picture travels in the mail. */
  attach?: boolean;
  /** From where pictures may be fetched besides the site itself. */
  hosts: string[];
  /** Where converted pictures go, and where they are then found; `dir` is absent where we keep and serve them ourselves. Absent: they travel in the mail. */
  publish?: { dir?: string; url: string };
}

export interface WriterConfiguration {
  /** Of an endpoint for chat completions. */
  url: string;
  model: string;
  token?: string | undefined;
  timeoutSeconds: number;
}

/** Names that other folders give a meaning to, so that a wrong one gets its line and the right spelling. */
export interface KnownNames {
  presets: readonly string[];
  /** Codes of rules that can be switched. */
  checks: readonly string[];
  /** Opens the adapters that a file with mistakes names, to look at its channels as well. */
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
  const { site, content, pictures, server, channels, bounces, retention, lists, segments, alerts, git, writer } =
    result.value;
  return {
    file,
    dir,
    site: { ...defined(site), url: site.url.replace(/\/+$/, "") } as Site,
    content: {
      ...defined(content),
      dir: isAbsolute(content.dir) ? content.dir : resolve(dir, content.dir),
    } as ContentSettings,
    ...(server.url && { serverUrl: server.url.replace(/\/+$/, "") }),
    listen: parseListen(server.listen),
    behindProxy: server.behindProxy,
    metrics: server.metrics,
    pictures: {
      hosts: pictures.hosts,
      ...(pictures.attach !== undefined && { attach: pictures.attach }),
      ...(pictures.publish && { publish: publishing(pictures.publish, server.url, dir) }),
    },
    bounces,
    retention,
    lists,
    segments,
    ...(alerts.url && { alertsUrl: alerts.url }),
    ...(git && { git }),
    ...(writer && { writer }),
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

function publishing(
  asked: "server" | { dir: string; url: string },
  serverUrl: string | undefined,
  dir: string,
): { dir?: string; url: string } {
  if (asked !== "server") return { ...asked, dir: resolve(dir, asked.dir) };
  return { url: `${serverUrl?.replace(/\/+$/, "")}/pictures` };
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

/** What is wrong with the channels of a file that has mistakes elsewhere, as far as they can be told by themselves. */
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

/** Optional keys that are absent, not `undefined`. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}
