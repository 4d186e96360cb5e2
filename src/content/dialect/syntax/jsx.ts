/** Parses MDX syntax: modules, comments, expressions and components. */

import { escapeHtml } from "#core/posts/html.ts";
import { asLiteral, lineFeeds } from "./literal.ts";
import { parseArguments, type Tag } from "./tag.ts";

export interface Modules {
  /** The body with its module lines blanked. */
  body: string;
  /** The imported files by name: `hero` for `import hero from "./hero.png"`. */
  files: Map<string, string>;
}

/** Removes `import` and `export` blocks. In MDX they begin a block and end with a blank line. `isCode` recognises code by its offset. */
export function takeModules(body: string, isCode: (offset: number) => boolean): Modules {
  const files = new Map<string, string>();
  let inside = false;
  let fresh = true;
  let offset = 0;
  const lines = body.split("\n").map((line) => {
    const begins = (fresh || inside) && /^(?:import|export)\s/.test(line) && !isCode(offset);
    if (line.trim() === "") inside = false;
    else if (begins) inside = true;
    fresh = line.trim() === "";
    offset += line.length + 1;
    if (!inside) return line;
    const [, name, file] = /^import\s+(\w+)\s+from\s+["']([^"']{1,500})["']/.exec(line) ?? [];
    if (name && file) files.set(name, file);
    return "";
  });
  return { body: lines.join("\n"), files };
}

/** `<Name a="b" c={d}>`, `<Name/>`, `</Name>`: components have a capital letter or a dot. Attributes may hold one level of braces. */
export function* components(body: string, files: ReadonlyMap<string, string>): Generator<Tag> {
  const evaluate = (expression: string): string | null => literal(expression) ?? fileOf(expression, files);
  for (const match of body.matchAll(component)) {
    const [raw, slash, name = "", text = "", own] = match;
    if (body[match.index - 1] === "\\") continue;
    const role = slash ? "end" : own ? "single" : "both";
    const place = { start: match.index, end: match.index + raw.length };
    yield { syntax: "jsx", role, name, args: parseArguments(text, evaluate), ...place };
  }
}

const component =
  /<(\/?)((?:[A-Z][\w-]*|[a-z]\w*\.)[\w.-]*)((?:\s+[\w:@.-]{1,60}(?:\s{0,5}=\s{0,5}(?:"[^"]{0,2000}"|'[^']{0,2000}'|\{(?:[^{}]|\{[^{}]{0,1000}\}){0,1000}\}))?|\s+\{\.\.\.\w+\}){0,40})\s*(\/?)>/g;

/** The file that is imported under a name, or required directly. */
function fileOf(expression: string, files: ReadonlyMap<string, string>): string | null {
  const required = /^require\(\s*["'`]([^"'`]{1,500})["'`]\s*\)(?:\.default)?$/.exec(expression.trim())?.[1];
  return required ?? files.get(expression.trim()) ?? null;
}

/** Text of a string literal, `null` for any other expression. */
export function literal(expression: string): string | null {
  const text = /^(?:"([^"\\]*)"|'([^'\\]*)'|`([^`\\$]*)`)$/.exec(expression.trim());
  return text ? (text[1] ?? text[2] ?? text[3] ?? "") : null;
}

/**
 * Converts MDX expressions in prose: comments are removed, literals become their text, and the rest is reported. An
 * excerpt mark that is written as a comment becomes an HTML comment. Attributes in braces are removed from HTML tags.
 */
export function expressions(
  body: string,
  isCode: (offset: number) => boolean,
  marks: readonly string[],
  files: ReadonlyMap<string, string>,
  report: (code: "mdx-expression", line: number, message: string) => void,
): string {
  if (!body.includes("{")) return body;
  let line = 1;
  let at = 0;
  const lineAt = (offset: number): number => {
    line += lineFeeds(body.slice(at, offset)).length;
    at = offset;
    return line;
  };
  return body.replace(piece, (raw, tag: string | undefined, expression: string | undefined, offset: number) => {
    if (isCode(offset)) return raw;
    if (tag !== undefined) return htmlTag(raw, files);
    const inside = (expression ?? "").trim();
    const comment = /^\/\*([\s\S]*)\*\/$/.exec(inside)?.[1]?.trim();
    if (comment !== undefined) return marks.includes(comment) ? `<!-- ${comment} -->` : lineFeeds(raw);
    const text = literal(inside);
    if (text !== null) return asLiteral(text) + lineFeeds(raw);
    if (/^[#.:{%<]/.test(inside) || inside === "" || body[offset - 1] === "\\") return raw;
    report(
      "mdx-expression",
      lineAt(offset),
      `"{${inside.slice(0, 40)}}" is an MDX expression and is shown as it is written; write its value instead`,
    );
    return raw;
  });
}

const piece =
  /(<[a-z][\w-]{0,40}\s(?:[^<>{}]|\{(?:[^{}]|\{[^{}]{0,500}\}){0,500}\}){0,1000}>)|\{((?:[^{}]|\{[^{}]{0,1000}\}){0,1000})\}/g;

/** An HTML tag as MDX writes it, as HTML. */
function htmlTag(tag: string, files: ReadonlyMap<string, string>): string {
  return tag
    .replace(
      /\s{1,10}([\w:-]{1,60})=\{((?:[^{}]|\{[^{}]{0,500}\}){0,500})\}/g,
      (raw, name: string, expression: string) => {
        const value = literal(expression) ?? fileOf(expression, files);
        return value === null ? lineFeeds(raw) : ` ${name}="${escapeHtml(value)}"${lineFeeds(raw)}`;
      },
    )
    .replace(/\sclassName=/g, " class=");
}
