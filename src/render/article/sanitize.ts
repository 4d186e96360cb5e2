/** Cleans hostile HTML: only the elements and attributes listed here remain, and tags are balanced. */

import { type DefaultTreeAdapterTypes, parseFragment, Tokenizer, TokenizerMode } from "parse5";
import sanitizeHtml from "sanitize-html";
import { legalText } from "#core/posts/legal-text.ts";
import { deepestElement } from "#render/markdown/html-depth.ts";
import { showUnknownTags } from "#render/markdown/html-names.ts";
import { remembering } from "#render/markdown/remember.ts";
import type { Node } from "./tree.ts";

/**
 * Turns untrusted HTML into a tree. It needs the whole text at once: `marked` gives `<kbd>`, its text and `</kbd>` as
 * three pieces, and the pair would be lost if they were parsed separately. URLs are not changed; their schemes are
 * checked here and again in `links.ts`.
 */
export const sanitize: (html: string) => Node[] = remembering((html) => {
  const clean = sanitizeHtml(showUnknownTags(legalText(html).replace(illegalReference, "")), options);
  return parseFragment(clean).childNodes.flatMap(fromParse5);
}, 20);

/**
 * The names of elements in `html` that `sanitize` removes, with or without their content, in document order. Found by
 * the tags alone, because a tree of unclosed tags may be as deep as the text is long.
 */
export function droppedElements(html: string): string[] {
  const allowed = new Set(options.allowedTags === false ? [] : options.allowedTags);
  const found: string[] = [];
  let templates = 0;
  // Outside of an SVG, `<image>` means `<img>`.
  let drawings = 0;
  const ignore = (): void => {};
  const tokens = new Tokenizer(
    { sourceCodeLocationInfo: false },
    {
      onStartTag({ tagName }) {
        if (tagName === "template") templates++;
        if (tagName === "svg") drawings++;
        const hidden = templates > Number(tagName === "template");
        const image = tagName === "image" && drawings === 0;
        if (!hidden && !image && !allowed.has(tagName) && !withoutPlace.has(tagName)) found.push(tagName);
        tokens.state = statesOfText[tagName] ?? tokens.state;
      },
      onEndTag({ tagName }) {
        if (tagName === "template" && templates > 0) templates--;
        if (tagName === "svg" && drawings > 0) drawings--;
      },
      ...{ onComment: ignore, onDoctype: ignore, onEof: ignore },
      ...{ onCharacter: ignore, onNullCharacter: ignore, onWhitespaceCharacter: ignore },
    },
  );
  tokens.write(showUnknownTags(html), true);
  return found;
}

/** A parser ignores these tags of a page. */
const withoutPlace = new Set("html head body frame frameset".split(" "));

/** Elements in which other tags are text. */
const statesOfText: Record<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]> = {
  script: TokenizerMode.SCRIPT_DATA,
  ...{ textarea: TokenizerMode.RCDATA, title: TokenizerMode.RCDATA, plaintext: TokenizerMode.PLAINTEXT },
  ...{ style: TokenizerMode.RAWTEXT, xmp: TokenizerMode.RAWTEXT, iframe: TokenizerMode.RAWTEXT },
  ...{ noembed: TokenizerMode.RAWTEXT, noframes: TokenizerMode.RAWTEXT, noscript: TokenizerMode.RAWTEXT },
};

/** References to NUL and to halves of characters. A parser turns them into U+FFFD, which is shown as a broken character. */
const illegalReference = /&#(?:0+|x0+|x0*d[89a-f][\da-f]{2}|x0*fff[ef])(?:;|(?![\da-z]))/gi;

/** Elements that an article may contain. `iframe`, `video` and `audio` are replaced by links later. */
const options: sanitizeHtml.IOptions = {
  allowedTags: `a abbr article aside audio b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em
    figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd li main mark ol p pre q rp rt ruby s
    samp section small source span strike strong sub summary sup table tbody td tfoot th thead time tr u ul var video
    wbr`.split(/\s+/),
  allowedAttributes: {
    "*": ["lang", "dir"],
    a: ["href", "title"],
    abbr: ["title"],
    audio: ["src", "title"],
    iframe: ["src", "title"],
    img: ["src", "alt", "title", "width", "height"],
    input: ["type", "checked"],
    ol: ["start"],
    source: ["src"],
    sup: ["data-note"],
    td: ["align", "colspan", "rowspan"],
    th: ["align", "colspan", "rowspan"],
    video: ["src", "title", "poster"],
  },
  allowedClasses: { code: ["language-*"] },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  // A picture inside the source becomes a separate file.
  allowedSchemesByTag: { img: ["http", "https", "data"] },
  // The content of these elements is not text for people.
  nonTextTags:
    "script style textarea option select noscript noembed noframes template svg math title head object".split(" "),
  exclusiveFilter: (frame) => frame.tag === "input" && frame.attribs["type"] !== "checkbox",
  nestingLimit: deepestElement,
};

function fromParse5(node: DefaultTreeAdapterTypes.ChildNode): Node[] {
  if ("value" in node) return [node.value];
  if (!("childNodes" in node)) return [];
  const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
  return [{ tag: node.tagName, attributes, children: node.childNodes.flatMap(fromParse5) }];
}
