/**
 * Evaluates the parts of Liquid and Nunjucks that need no site build: raw text, literal variables, the site's address.
 */

import type { Site } from "#core/posts/post.ts";
import { asLiteral, lineFeeds } from "./syntax/literal.ts";

/** `{% raw %}…{% endraw %}` and Hugo's commented shortcodes become text. Outside code they are shown as code. */
export function takeRaw(body: string, isCode: (offset: number) => boolean): string {
  let result = "";
  let done = 0;
  let open: { at: number; end: number } | null = null;
  for (const match of body.matchAll(/\{%[-+]?\s{0,20}(end)?(?:raw|verbatim)\s{0,20}[-+]?%\}/g)) {
    const end = match.index + match[0].length;
    if (!match[1]) open ??= { at: match.index, end };
    else if (open) {
      const text = body.slice(open.end, match.index);
      const inline = !/[\n`]/.test(text) && /\{[{%]/.test(text) && !isCode(open.at);
      result += body.slice(done, open.at) + lineFeeds(body.slice(open.at, open.end));
      result += asLiteral(inline ? `\`${text}\`` : text) + lineFeeds(match[0]);
      done = end;
      open = null;
    }
  }
  const all = result + body.slice(done);
  return all.replace(
    /\{\{([<%])\/\*((?:(?!\{\{)[^\n]){0,500}?)\*\/([>%])\}\}/g,
    (_, left: string, text: string, right: string) => asLiteral(`{{${left}${text}${right}}}`),
  );
}

/** The names of a post's front matter in its text: `page.depth` in Jekyll, `depth` in Eleventy. */
export function ownVariables(data: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(data).filter(([, value]) => typeof value === "string" || typeof value === "number");
  return Object.fromEntries(
    texts.slice(0, 200).flatMap(([key, value]) => [
      [key, String(value)],
      [`page.${key}`, String(value)],
    ]),
  );
}

/** Replaces `{{ expressions }}` whose values are known. The others stay, and are reported as residue. */
export function evaluateOutputs(
  body: string,
  site: Site,
  known: Readonly<Record<string, string>>,
  isCode: (offset: number) => boolean,
): string {
  const variables = new Map<string, string>([
    ["site.url", site.url],
    ["site.baseurl", ""],
    ["site.title", site.title],
    ...Object.entries(known),
  ]);
  for (const [, name = "", double, single] of body
    .matchAll(
      /\{%-?\s{0,20}(?:assign|set)\s{1,20}(\w{1,80})\s{0,20}=\s{0,20}(?:"([^"\n]{0,500})"|'([^'\n]{0,500})')\s{0,20}-?%\}/g,
    )
    .take(100))
    variables.set(name, double ?? single ?? "");
  return body.replace(/\{\{-?([^{}]{1,500}?)-?\}\}/g, (raw, expression: string, offset: number) => {
    const value = isCode(offset) ? null : evaluate(expression, variables, site);
    return value === null ? raw : asLiteral(value) + lineFeeds(raw);
  });
}

function evaluate(expression: string, variables: ReadonlyMap<string, string>, site: Site): string | null {
  const [head = "", ...filters] = expression.split("|").map((part) => part.trim());
  const operand = (text: string): string | null =>
    /^"([^"]*)"$/.exec(text)?.[1] ?? /^'([^']*)'$/.exec(text)?.[1] ?? variables.get(text) ?? null;
  let value = operand(head);
  for (const filter of filters) {
    if (value === null) return null;
    const [name = "", argument = ""] = filter.split(/:(.*)/s).map((part) => part.trim());
    if (name === "absolute_url") value = URL.parse(value, `${site.url}/`)?.href ?? null;
    else if (name === "prepend") value = joined(operand(argument), value);
    else if (name === "append") value = joined(value, operand(argument));
    else if (["urlencode", "url_encode", "cgi_escape"].includes(name)) value = encodeURIComponent(value.toWellFormed());
    else if (!["relative_url", "url", "safe", "escape", "strip"].includes(name)) return null;
  }
  return value;
}

function joined(one: string | null, other: string | null): string | null {
  return one === null || other === null ? null : one + other;
}
