/** Reads a body without rendering it, so that `content` can find title, summary and mistakes. */

import type { Token, Tokens } from "marked";
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5";
import type { BoundKind, BoundReached, Outline, ReadOutline } from "#core/posts/outline.ts";
import { boundOf } from "./bounded-lexer.ts";
import { type FormulaProblem, formulaReasons, openFormulaBudget } from "./formula-budget.ts";
import { openNesting } from "./html-depth.ts";
import { showUnknownTags } from "./html-names.ts";
import { bounded, maxCells, maxContainers, tokenize } from "./markdown.ts";

/**
 * `paragraphs` are only the ones at the top level, not in quotes, list items or footnotes. Links and images in raw
 * HTML also count. Fast and safe on hostile input (see `tokenize`).
 */
export const readOutline: ReadOutline = (markdown) => {
  const outline: Outline = { headings: [], paragraphs: [], images: [], links: [], prose: [], text: "", bounds: [] };
  const bounds = openBounds(outline.bounds);
  const [deep] = bounded(markdown).deepLines;
  if (deep !== undefined) bounds.reached("depth", deep);
  const chunks: string[] = [];
  const note = (spoken: Spoken, line: number): void => {
    spoken.prose.split("\n").forEach((text, index) => {
      if (text.trim() !== "") outline.prose.push({ text: text.trim(), line: line + index });
    });
    if (spoken.text.trim() !== "") chunks.push(collapse(spoken.text));
  };

  const blocks = (tokens: readonly Token[], firstLine: number, top: boolean): void => {
    let line = firstLine;
    for (const token of tokens) {
      block(token as Tokens.Generic, line, top);
      line += newlines(token.raw);
    }
  };

  const inline = (tokens: readonly Token[], line: number): Spoken => inlineText(tokens, line, outline, bounds);

  const block = (token: Tokens.Generic, line: number, top: boolean): void => {
    if (boundOf(token) === "table") bounds.reached("table", line);
    switch (token.type) {
      case "heading": {
        const spoken = inline(token.tokens ?? [], line);
        outline.headings.push({ depth: token["depth"] as number, text: collapse(spoken.text), line });
        note(spoken, line);
        break;
      }
      case "paragraph":
      case "text": {
        const spoken = inline(token.tokens ?? [], line);
        const paragraph = collapse(spoken.text);
        if (top && token.type === "paragraph" && paragraph !== "") outline.paragraphs.push({ text: paragraph, line });
        note(spoken, line);
        break;
      }
      case "list": {
        let itemLine = line;
        for (const item of token["items"] as Tokens.ListItem[]) {
          blocks(item.tokens, itemLine, false);
          itemLine += newlines(item.raw);
        }
        break;
      }
      case "blockquote":
      case "footnote":
        blocks(token.tokens ?? [], line, false);
        break;
      case "table": {
        const table = token as unknown as Tokens.Table;
        [table.header, ...table.rows].forEach((row, index) => {
          // The second line of a table is the line of dashes, which is not a row.
          const rowLine = line + (index === 0 ? 0 : index + 1);
          for (const cell of row) note(inline(cell.tokens, rowLine), rowLine);
        });
        break;
      }
      case "displayMaths":
        bounds.formula(token["text"] as string, line);
        break;
      case "code":
        if (/^math\b/.test((token["lang"] as string | undefined) ?? "")) bounds.formula(token["text"] as string, line);
        break;
      case "html":
        bounds.html(token.raw, line);
        note(plain(rawHtml(token.raw, line, outline)), line);
    }
  };

  blocks(tokenize(markdown), 1, true);
  outline.text = chunks.join("\n\n");
  return outline;
};

/** The visible text, with the line breaks of the source; `prose` has a gap instead of inline code. */
interface Spoken {
  text: string;
  prose: string;
}

/** Records the first place of each kind of limit, and each formula that is itself too large. */
function openBounds(found: BoundReached[]) {
  const seen = new Set<BoundKind>();
  const problemOf = openFormulaBudget();
  const nesting = openNesting();
  const reached = (kind: BoundKind, line: number, reason = reasons[kind]): void => {
    if (seen.has(kind) && once.has(kind)) return;
    seen.add(kind);
    found.push({ kind, line, reason });
  };
  return {
    reached,
    formula(text: string, line: number): void {
      const problem = problemOf(text.trim());
      if (problem) reached(kindOf[problem], line, formulaReasons[problem]);
    },
    html(raw: string, line: number): void {
      if (nesting(raw))
        reached("depth", line, "HTML elements are nested more than 100 levels deep, and the inner tags are left out");
    },
  };
}

type Bounds = ReturnType<typeof openBounds>;

const once = new Set<BoundKind>(["depth", "formulas"]);
const kindOf: Record<FormulaProblem, BoundKind> = { many: "formulas", long: "formula", deep: "formula" };
const reasons: Record<BoundKind, string> = {
  marks: "the text has too many Markdown marks, and is shown as it is written",
  table: `the table has more than ${maxCells} cells, and is shown as it is written`,
  depth: `quotes and lists are nested more than ${maxContainers} levels deep, and the inner ones are flattened`,
  ...{ formulas: "", formula: "" },
};

/** Reads inline tokens, and records links and images. */
function inlineText(tokens: readonly Token[], firstLine: number, outline: Outline, bounds: Bounds): Spoken {
  let line = firstLine;
  const all: Spoken = { text: "", prose: "" };
  for (const token of tokens as Tokens.Generic[]) {
    const { text, prose } = inlineToken(token, line, outline, bounds);
    all.text += text;
    all.prose += prose;
    line += newlines(token.raw);
  }
  return all;
}

function inlineToken(token: Tokens.Generic, line: number, outline: Outline, bounds: Bounds): Spoken {
  if (boundOf(token) === "marks") bounds.reached("marks", line);
  switch (token.type) {
    case "image":
      outline.images.push({ src: token["href"] as string, alt: decode(token["text"] as string), line });
      return plain("");
    case "link": {
      const spoken = inlineText(token.tokens ?? [], line, outline, bounds);
      outline.links.push({ href: token["href"] as string, text: collapse(spoken.text), line });
      return spoken;
    }
    case "codespan":
    case "maths":
      if (token.type === "maths") bounds.formula(token["text"] as string, line);
      return { text: token["text"] as string, prose: ` ${"\n".repeat(newlines(token.raw))}` };
    case "html":
      bounds.html(token.raw, line);
      return plain(rawHtml(token.raw, line, outline));
    case "br":
      return plain("\n");
    case "checkbox":
    case "footnoteReference":
      return plain("");
    case "escape":
      return plain(token["text"] as string);
    default:
      return token.tokens
        ? inlineText(token.tokens, line, outline, bounds)
        : plain(decode((token["text"] as string | undefined) ?? ""));
  }
}

function plain(text: string): Spoken {
  return { text, prose: text };
}

/** The text of a piece of raw HTML. A parser keeps line feeds, so its lines match the source. */
function rawHtml(html: string, firstLine: number, outline: Outline): string {
  const root = parseFragment(showUnknownTags(html), { sourceCodeLocationInfo: true });
  const visit = (node: DefaultTreeAdapterTypes.ChildNode, depth: number): string => {
    if (node.nodeName === "#text") return (node as DefaultTreeAdapterTypes.TextNode).value;
    if (!("childNodes" in node) || silent.has(node.nodeName) || depth > maxDepth) return "";
    const line = firstLine + (node.sourceCodeLocation?.startLine ?? 1) - 1;
    const attribute = (name: string): string => node.attrs.find((each) => each.name === name)?.value ?? "";
    const text = node.childNodes.map((child) => visit(child, depth + 1)).join("");
    if (node.nodeName === "img" && attribute("src") !== "")
      outline.images.push({ src: attribute("src"), alt: attribute("alt"), line });
    if (node.nodeName === "a" && attribute("href") !== "")
      outline.links.push({ href: attribute("href"), text: collapse(text), line });
    return text;
  };
  return root.childNodes.map((child) => visit(child, 0)).join("");
}

/** Deeper nesting than any real page would overflow the stack. */
const maxDepth = 200;
const silent = new Set(["script", "style", "template", "iframe", "noscript", "pre", "code", "textarea", "title"]);

function decode(text: string): string {
  if (!text.includes("&")) return text;
  const [node] = parseFragment(text.replaceAll("<", "&lt;")).childNodes;
  return node && "value" in node ? node.value : text;
}

function collapse(text: string): string {
  // Single spaces, which are the most frequent white space, need no change.
  return text.replace(/\s{2,}|[^\S ]/g, " ").trim();
}

function newlines(raw: string): number {
  let count = 0;
  for (let at = raw.indexOf("\n"); at !== -1; at = raw.indexOf("\n", at + 1)) count++;
  return count;
}
