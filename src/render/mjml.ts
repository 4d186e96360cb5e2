/** MJML, loaded so that it runs nothing of the folder we happen to be in. */

import { createRequire, registerHooks } from "node:module";
import { dirname } from "node:path";
import { ConfigError, messageOf } from "#core/errors.ts";
import type { Filled } from "./template.ts";

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
 * On load MJML reads `.mjmlconfig` in the current folder and requires the packages named there: in somebody's clone of a
 * blog that would run the blog's code. So for the moment of loading, which is synchronous, the current folder is MJML's.
 * Its parser of HTML brings an HTTP client of 110 files, for a function that nothing here calls and no template should: a
 * sixth of the time that loading takes. It gets an empty chair instead.
 */
function load(): Mjml {
  const home = dirname(require.resolve("mjml/package.json"));
  const { cwd } = process;
  process.cwd = () => home;
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "undici" ? { url: "node:http", format: "builtin", shortCircuit: true } : next(specifier, context),
  });
  try {
    return require("mjml") as Mjml;
  } finally {
    process.cwd = cwd;
    hooks.deregister();
  }
}
