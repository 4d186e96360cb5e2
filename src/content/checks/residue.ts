/** Finds raw syntax that readers would see: meant for a generator, or left unfinished by the author. */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import { finding } from "../rules.ts";
import { type Check, proseFindings, quoted } from "./checked-body.ts";
import { isPlaceholder } from "./placeholder.ts";

/** `{{ x }}`, `{% x %}`, `{{< x >}}` in prose, in the target of a link or in the source of an image. */
export const templateSyntax: Check = function* (body) {
  const advice = (match: string) =>
    `${match} is template syntax that Postrider does not replace; write the text itself, or put it in backticks`;
  yield* proseFindings(body, "template-syntax", visibleTemplate, advice);
  for (const { href, line } of body.outline.links)
    if (templateInAddress.test(href)) yield finding("template-syntax", line, advice(quoted(href)));
  for (const { src, line } of body.outline.images)
    if (templateInAddress.test(src)) yield finding("template-syntax", line, advice(quoted(src)));
};

const visibleTemplate =
  /\{\{[^{}\n]{0,300}[^{}\s][^{}\n]{0,300}\}\}|\{\{[<%]|\{%[-+]?\s{0,5}\w|<%[=-]?\s{0,5}[\w.@]{1,100}/;
const templateInAddress = /\{\{|\{%|%7B%7B|%7B%25/i;

/** `import` and `export` lines of MDX. */
export const moduleSyntax: Check = (body) =>
  proseFindings(
    body,
    "module-syntax",
    /^(?:import\s[^"';]{1,200}\sfrom\s+["']|import\s+["'][^"'\s]+["'];?$|export\s+(?:const|default|function)\s)/,
    (match) => `${match} is MDX code; remove the line, and replace the component with Markdown`,
  );

/** `[text][name]` without a definition of the name. */
export const unresolvedReference: Check = function* (body) {
  for (const { text, line } of body.outline.prose) {
    const [match, name] = /(?<![\w\])])\[(?!\d+\]|[ x]\])[^[\]]{1,200}\]\[([^[\]]{0,100})\]/.exec(text) ?? [];
    // Two links next to each other, each in brackets, look the same after they are resolved.
    if (match === undefined || !sourceAround(body.lines, line).includes(`][${name}]`)) continue;
    const advice = 'add a line "[name]: https://…" or write the address in parentheses';
    yield finding("unresolved-reference", line, `${quoted(match)} has no definition; ${advice}`);
  }
};

/** `[text](address)` that isn't a link, mostly because of a space in the address. */
export const brokenLink: Check = function* (body) {
  for (const { text, line } of body.outline.prose) {
    const target = /\]\(([^()\n]{0,300})/.exec(text)?.[1];
    // An escaped one is intended as text.
    if (
      target === undefined ||
      templateInAddress.test(target) ||
      !/(?<!\\)\[[^[\]]{0,300}(?<!\\)\]\(/.test(sourceAround(body.lines, line))
    )
      continue;
    if (isPlaceholder(target))
      yield finding("placeholder", line, `${quoted(target)} is a placeholder; replace it with the address`);
    else
      yield finding(
        "broken-link",
        line,
        `The link to ${quoted(target)} is not recognised; remove spaces and line breaks from the address`,
      );
  }
};

/** `TODO:` and the like. */
export const todo: Check = (body) =>
  proseFindings(
    body,
    "todo",
    /\b(?:TODO|TBD|FIXME)\s{0,3}:|[([](?:TODO|TBD|FIXME)\b|\blorem ipsum\b|^(?:TODO|TBD|FIXME|XXX+)[.!?]{0,3}$|^(?:TODO|FIXME) (?:add|check|describe|explain|finish|fix|insert|link|update|write)\b|[[(<](?:add|insert|your) [^\])>\n]{0,40}\b(?:here|image|link|name|picture|screenshot|text|url)[\])>]/i,
    (match) => `${match} looks like a note to yourself; finish or remove it`,
  );

/**
 * Markup of single generators and tools: directives, attributes, heading ids, footnotes without a note, wiki links,
 * MkDocs admonitions, highlighting, Obsidian comments, numbered lists of reStructuredText, embeds in brackets.
 */
export const generatorSyntax: Check = function* (body) {
  const advice = (match: string) => `${match} is shown as it is written; replace it with plain Markdown`;
  yield* proseFindings(body, "generator-syntax", generatorMarks, advice);
  for (const { text, line } of body.outline.links) {
    // For Markdown, this is a normal link after a character.
    const embed = `@[${text}](`;
    if (/^\w{2,20}$/.test(text) && body.lines[line - 1]?.trimStart().startsWith(embed))
      yield finding("generator-syntax", line, advice(quoted(embed)));
  }
};

const generatorMarks = new RegExp(
  [
    /^:{3,}[ \t]{0,3}\w[\w-]{0,60}/,
    /^::[a-z][\w-]{0,60}(?=[[{])/,
    /^#{1,6}\.[ \t]/,
    /\{::?\s?[.#\w][^{}]{0,100}\}/,
    /(?<!\{)\{\s?\.[\p{L}_-][\w-]{0,60}\s?\}(?!\})/u,
    /\{#[\w-]{1,80}\}/,
    /\[\^[^\]\s]{1,40}\]/,
    /\^\[[^\]\n]{2,200}\]/,
    /!?\[\[(?:\p{L}|\d{4}-\d{2}-\d{2})[^[\]\n]{0,150}\]\]/u,
    /^(?:!!!|\?\?\?\+?) [a-z][\w-]*/,
    /(?<![=\p{L}\p{N}])==(?=[^\s=])[^=\n]{1,150}(?<=\S)==(?![=\p{L}\p{N}_])/u,
    /(?<![%\p{L}\p{N}])%%[^%\n]{1,200}%%(?!%)/u,
  ]
    .map(({ source }) => source)
    .join("|"),
  "u",
);

/** `**words**` that CommonMark doesn't read as emphasis, for example next to CJK punctuation. */
export const visibleEmphasis: Check = function* ({ outline, lines }) {
  for (const { text, line } of outline.prose) {
    const match = /(?<![\w\\*/])\*\*(?=[^\s*])[^*\n]{1,200}\*\*(?![*/])/.exec(text)?.[0];
    if (match === undefined || /\\\*|&#42;|&ast;/.test(sourceAround(lines, line))) continue;
    yield finding(
      "visible-emphasis",
      line,
      `${quoted(match)} is shown with its asterisks; put the spaces outside of them, or use <strong>`,
    );
  }
};

/** `<POWERPROFILE>`: browsers would hide it, here it is shown as text. The author should decide. */
export const unknownTag: Check = function* (body) {
  for (const { text, line } of body.outline.prose) {
    if (!text.includes("<")) continue;
    const seen = new Set<string>();
    const source = sourceAround(body.lines, line).replaceAll("\\<", "");
    for (const [tag, element, component] of text.matchAll(tagLike).take(maxTags)) {
      const name = element ?? component ?? "";
      // If the source has `&lt;` or `\<`, it is intended as text.
      if (seen.has(name) || drawing.has(name) || !source.includes(`<${name}`)) continue;
      seen.add(name);
      yield finding("unknown-tag", line, `${quoted(tag)} looks like an HTML tag; put it in backticks if it is text`);
    }
  }
};

/** The elements of an inline SVG, which renderers leave out completely. */
const drawing = new Set(
  "circle defs ellipse g line linearGradient marker path pattern polygon polyline radialGradient rect stop symbol text tspan use".split(
    " ",
  ),
);

/** In one line. Each one searches the whole line. */
const maxTags = 100;

/** The second form is a component whose properties continue on the next line. */
const tagLike = /<([A-Za-z][\w.-]{0,60})(?:[\s/][^<>]{0,300})?>|^<([A-Z][\w.]{0,60})(?=\s|$)/g;

/** `<!- more ->`: a comment with too few or with typographic dashes is text. */
export const brokenComment: Check = (body) =>
  proseFindings(
    body,
    "broken-comment",
    /<![-–—]{1,2}[^<>]{0,100}>/,
    (match) =>
      `${match} is visible to readers; write the comment with two plain hyphens at each end, <!-- like this -->`,
  );

/** `#Heading`: without a space it is text. A line of hashtags, or a sentence that begins with one, is not reported. */
export const unspacedHeading: Check = function* ({ outline, lines }) {
  for (const { text, line } of outline.prose) {
    if (text.length > 100 || !text.includes(" ") || lines[line - 1]?.trim() !== text) continue;
    if (!/^#{1,6}\p{Lu}[^#]*[^#.!?:,;]$/u.test(text)) continue;
    yield finding("unspaced-heading", line, `${quoted(text)} is not a heading; put a space after the "#"`);
  }
};

/** Headings of the same level as the title. */
export const bodyHeading: Check = function* ({ outline, titleLine }): Generator<Diagnostic> {
  const headings = outline.headings.filter(({ depth, line }) => depth === 1 && line !== titleLine);
  const [first] = headings;
  if (!first) return;
  const count = headings.length === 1 ? "A heading has" : `${headings.length} headings have`;
  yield finding("body-h1", first.line, `${count} level 1, like the title; use "##" or deeper in the text`);
};

/** The line and its neighbours, because the line of prose may differ by one if there is raw HTML. */
function sourceAround(lines: readonly string[], line: number): string {
  return `${lines[line - 1] ?? ""}\n${lines[line] ?? ""}`;
}
