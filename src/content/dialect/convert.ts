/**
 * Converts a generator's dialect into plain GFM with GitHub alerts, line by line, so that renderers only need to know
 * one Markdown.
 */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { Site } from "#core/posts/post.ts";
import type { HandlerName, Preset } from "#core/posts/preset.ts";
import { type Code, finding } from "../rules.ts";
import { plainAlerts } from "./alerts.ts";
import type { Result } from "./blocks.ts";
import { handlers, type Tools } from "./handlers.ts";
import { evaluateOutputs, ownVariables, takeRaw } from "./liquid.ts";
import { withoutMagicComments } from "./magic-comments.ts";
import { plainSpans } from "./spans.ts";
import { liquidTags, shortcodes, teraTags } from "./syntax/braces.ts";
import { protectedRanges, walkRanges } from "./syntax/code.ts";
import { directives } from "./syntax/directives.ts";
import { readMarkdownInHtml } from "./syntax/html-blocks.ts";
import { components, expressions, takeModules } from "./syntax/jsx.ts";
import { lineCounter } from "./syntax/lines.ts";
import { fromLiteral, lineFeeds, placeBreaks, withoutStandIns } from "./syntax/literal.ts";
import type { Tag } from "./syntax/tag.ts";
import { pairTags, type TagNode } from "./syntax/tree.ts";
import { resolveImage, resolveTargets, type Targets } from "./targets.ts";

export interface Dialect {
  preset: Preset;
  site: Site;
  /** The front matter, because templates may use its values. */
  data: Readonly<Record<string, unknown>>;
  /** Whether the file's extension is that of MDX. */
  isMdx: boolean;
  /** The permalink of another post of the folder, by path, name or slug. */
  postAddress(reference: string): string | null;
}

/** The converted `body`, with the same number of lines. Lines of findings count from 1 in it. */
export function convertDialect(body: string, dialect: Dialect): { body: string; diagnostics: Diagnostic[] } {
  const { preset, site } = dialect;
  const { syntax } = preset;
  const diagnostics: Diagnostic[] = [];
  const report = (code: Code, line: number, message: string): void => {
    if (diagnostics.length < maxFindings) diagnostics.push(finding(code, line, message));
  };
  const mdx = syntax.mdxInMarkdown || (syntax.mdx && dialect.isMdx);

  let text = plainAlerts(withoutStandIns(body));
  if (syntax.liquid || syntax.shortcodes) text = takeRaw(text, inCode(text));
  if (syntax.liquid)
    text = evaluateOutputs(text, site, { ...ownVariables(dialect.data), ...preset.variables }, inCode(text));
  const { body: plain, files } = mdx
    ? takeModules(text, inCode(text))
    : { body: text, files: new Map<string, string>() };
  text = plain;

  const targets: Targets = { preset, postAddress: dialect.postAddress, report };
  const tags = [
    ...(syntax.shortcodes ? shortcodes(text) : []),
    ...(syntax.liquid ? liquidTags(text) : []),
    ...(syntax.tera ? teraTags(text) : []),
    ...(mdx ? components(text, files) : []),
    ...(syntax.directives ? directives(text) : []),
  ];
  text = renderTags(text, tags, preset, targets);
  if (mdx) text = expressions(text, inCode(text), preset.marks, files, report);
  if (syntax.mdxInMarkdown) text = withoutMagicComments(text);
  text = placeBreaks(text);
  if (mdx) text = readMarkdownInHtml(text, "everywhere");
  else if (syntax.kramdown) text = readMarkdownInHtml(text, "marked");
  text = resolveTargets(plainSpans(text, syntax, protectedRanges(text)), targets);
  return { body: fromLiteral(text), diagnostics };
}

const maxFindings = 200;
const maxTags = 5_000;
const maxDepth = 20;

function inCode(text: string): (offset: number) => boolean {
  const find = walkRanges(protectedRanges(text));
  return (offset) => find(offset) !== undefined;
}

function renderTags(text: string, found: Tag[], preset: Preset, targets: Targets): string {
  if (found.length === 0) return text;
  const isCode = inCode(text);
  const ordered = found.sort((one, other) => one.start - other.start).filter(({ start }) => !isCode(start));
  const byName = new Map(Object.entries(preset.handlers).map(([name, handler]) => [name.toLowerCase(), handler]));
  const lineAt = lineCounter(text);

  const render = (from: number, to: number, nodes: readonly TagNode[], depth: number): string => {
    let result = "";
    let at = from;
    for (const { tag, close, children } of nodes) {
      if (tag.start < at || depth > maxDepth) continue;
      const end = close?.end ?? tag.end;
      const source = close ? text.slice(tag.end, close.start) : null;
      const tools: Tools = {
        report: (code, message) => targets.report(code, lineAt(tag.start), message),
        postAddress: targets.postAddress,
        imageAddress: (src) => resolveImage(src, lineAt(tag.start), targets),
      };
      const inner = close ? render(tag.end, close.start, children, depth + 1) : null;
      const called = asIncluded(tag, byName);
      const name = handlerFor({ syntax: tag.syntax, name: called.name }, byName);
      if (tag.syntax === "directive" && !byName.has(tag.name.toLowerCase()))
        tools.report("unknown-directive", `Unknown block ":::${tag.name}"; its content is kept as normal text`);
      const use = { ...called, inner, source, indent: indentOf(text, tag.start) };
      result +=
        text.slice(at, tag.start) + assembled(handlers[name](use, tools), text.slice(tag.start, tag.end), source);
      if (close) result += lineFeeds(text.slice(close.start, close.end));
      at = end;
    }
    return result + text.slice(at, to);
  };
  return render(0, text.length, pairTags(ordered.slice(0, maxTags)), 0);
}

/** A file that Jekyll includes is used as the tag's name, `{% include youtube.html id="…" %}`, and is then not an argument. */
function asIncluded(tag: Tag, byName: ReadonlyMap<string, HandlerName>): Pick<Tag, "name" | "args"> {
  const { name, args } = tag;
  if (tag.syntax !== "liquid" || (name !== "include" && name !== "render")) return tag;
  const [file = "", ...positional] = args.positional;
  const stem = file.replace(/^.*\//, "").replace(/\.\w+$/, "");
  // A single letter is too short for a name.
  return stem.length > 1 && byName.has(stem.toLowerCase())
    ? { name: stem, args: { ...args, positional } }
    : { name: `${name} ${file}`.trim(), args };
}

function handlerFor(
  { syntax, name }: Pick<Tag, "syntax" | "name">,
  byName: ReadonlyMap<string, HandlerName>,
): HandlerName {
  const known = byName.get(name.toLowerCase()) ?? byName.get(name.split(" ")[0] ?? "");
  if (known) return known;
  // Only the use of a variable matters. It is reported if its value is unknown.
  if (syntax === "liquid" && ["assign", "set"].includes(name)) return "drop";
  return syntax === "directive" ? "text" : "hold";
}

/** The result with as many line feeds as the source: the line feeds of a tag go in front of its replacement. */
function assembled({ open, inner, close }: Result, tag: string, source: string | null): string {
  const between = inner === undefined || source === null ? (inner ?? "") : padded(inner, source);
  return (
    lineFeeds(tag) + open + between + (source !== null && inner === undefined ? lineFeeds(source) : "") + (close ?? "")
  );
}

function padded(inner: string, source: string): string {
  const missing = lineFeeds(source).length - lineFeeds(inner).length;
  return inner + "\n".repeat(Math.max(0, missing));
}

function indentOf(text: string, start: number): string | null {
  const before = text.slice(Math.max(text.lastIndexOf("\n", start - 1) + 1, start - 200), start);
  return before.trim() === "" ? before : null;
}
