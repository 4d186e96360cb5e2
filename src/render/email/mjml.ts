/** Loads MJML so that it runs no code from the current folder. */

import { createRequire, Module } from "node:module";
import { dirname } from "node:path";
import { ConfigError, messageOf } from "#core/errors.ts";
import type { Filled } from "../template.ts";

type Mjml = (source: string, options: object) => Promise<{ html: string }>;

const require = createRequire(import.meta.url);
let loaded: Mjml | undefined;

/**
 * Renders MJML to HTML.
 * @throws ConfigError with file and line of the template when it isn't valid MJML.
 */
export async function mjmlToHtml(source: Filled): Promise<string> {
  loaded ??= load();
  try {
    const { html } = await loaded(source.text, { validationLevel: "strict", fonts: {}, keepComments: true });
    return html;
  } catch (cause) {
    const [first] = (cause as { errors?: { line: number; message: string; tagName: string }[] }).errors ?? [];
    const problem = first ? `<${first.tagName}>: ${first.message}` : messageOf(cause);
    throw new ConfigError(`The template is not valid MJML: ${problem}`, { ...source.origin(first?.line ?? 1), cause });
  }
}

/**
 * While loading, MJML reads `.mjmlconfig` in the current folder and requires the packages named there. In a clone of
 * another person's blog, this would run the blog's code. So MJML's own folder is the current folder during the load,
 * which is synchronous.
 */
function load(): Mjml {
  for (const [name, parent] of seldomUsed) keepSeat(name, createRequire(parent));
  const home = dirname(require.resolve("mjml/package.json"));
  const { cwd } = process;
  process.cwd = () => home;
  try {
    return require("mjml") as Mjml;
  } finally {
    process.cwd = cwd;
  }
}

const core = createRequire(require.resolve("mjml")).resolve("mjml-core");

/**
 * More than half of the loading time is spent on packages that most emails never use, with 400 files: for `<mj-style
 * inline="inline">`, for `<mj-html-attributes>`, for minifying or formatting HTML, and an HTTP client.
 */
const seldomUsed = [
  ...["juice", "cheerio", "htmlnano", "cssnano-preset-lite", "js-beautify"].map((name) => [name, core] as const),
];

/** Replaces a package by an object that loads it at the first call. */
function keepSeat(name: string, parent: NodeJS.Require): void {
  const path = parent.resolve(name);
  if (parent.cache[path]) return;
  const loaded = (): Record<string, Callable> => {
    if (parent.cache[path] === seat) delete parent.cache[path];
    const module = parent(path) as Record<string, Callable> & { default?: Record<string, Callable> };
    return module.default ?? module;
  };
  const exports = new Proxy(() => undefined, {
    apply: (_, self, args) => (loaded() as unknown as Callable).apply(self, args),
    get: (_, key) => (key === "__esModule" ? undefined : (...args: unknown[]) => loaded()[String(key)]?.(...args)),
  });
  const seat = Object.assign(new Module(path), { exports, loaded: true });
  parent.cache[path] = seat;
}

type Callable = (...args: unknown[]) => unknown;
