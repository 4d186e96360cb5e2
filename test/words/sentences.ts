/** Reads the string and template literals of TypeScript source, and picks those that a person may read. */

export interface Sentence {
  /** Counted from 1. */
  line: number;
  /** On one line; `{…}` stands where the code puts a value in. */
  text: string;
}

const controls: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v", "0": "\0" };

interface Literal {
  start: number;
  end: number;
  text: string;
}

/** The sentences of a `.ts` or `.js` file, in the order of the file. */
export function sentencesOfCode(source: string): Sentence[] {
  return joined(source, literalsOf(source))
    .flatMap(({ start, text }) => readable(text).map((each) => ({ line: lineAt(source, start), text: each })))
    .sort((a, b) => a.line - b.line);
}

/** The sentences of a template: what is neither a tag nor a comment. */
export function sentencesOfTemplate(source: string): Sentence[] {
  return blank(source, /<!--.*?-->|<style[^>]*>.*?<\/style>|<[^>]*>/gs)
    .replace(/\{\{\{?[^}]*\}?\}\}/g, "{…}")
    .split("\n")
    .flatMap((text, index) => readable(text).map((each) => ({ line: index + 1, text: each })));
}

/** The sentences of a shell script: its quoted words. */
export function sentencesOfShell(source: string): Sentence[] {
  return source.split("\n").flatMap((text, index) =>
    text.trimStart().startsWith("#")
      ? []
      : [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g)].flatMap(([, double, single]) =>
          readable((double ?? single ?? "").replace(/\$\{[^}]*\}|\$\w+/g, "{…}")).map((each) => ({
            line: index + 1,
            text: each,
          })),
        ),
  );
}

/** Every literal, inner ones of a template included; comments and regular expressions are skipped. */
function literalsOf(source: string): Literal[] {
  const found: Literal[] = [];
  /** What the last token was, to tell a regular expression from a division. */
  let last = "";
  let at = 0;
  code(false);
  return found;

  function code(inTemplate: boolean): void {
    let depth = 0;
    while (at < source.length) {
      const char = source[at] ?? "";
      const two = source.slice(at, at + 2);
      if (inTemplate && char === "}" && depth === 0) return;
      if (two === "//") at = until("\n");
      else if (two === "/*") at = until("*/") + 2;
      else if (char === '"' || char === "'") quoted(char);
      else if (char === "`") template();
      else if (char === "/" && startsRegex()) regex();
      else if (/\s/.test(char)) at++;
      else if (/[\p{L}\p{N}_$]/u.test(char)) word();
      else {
        if (char === "{") depth++;
        if (char === "}") depth--;
        last = char;
        at++;
      }
    }
  }

  function until(end: string): number {
    const index = source.indexOf(end, at);
    return index < 0 ? source.length : index;
  }

  function quoted(quote: string): void {
    const start = at++;
    let text = "";
    while (at < source.length && source[at] !== quote) text += character();
    at++;
    last = quote;
    found.push({ start, end: at, text });
  }

  function template(): void {
    const start = at++;
    let text = "";
    while (at < source.length && source[at] !== "`") {
      if (source.startsWith("${", at)) {
        at += 2;
        last = "{";
        code(true);
        at++;
        text += "{…}";
      } else text += character();
    }
    at++;
    last = "`";
    found.push({ start, end: at, text });
  }

  function character(): string {
    const char = source[at++] ?? "";
    if (char !== "\\") return char;
    const escaped = source[at++] ?? "";
    if (escaped in controls) return controls[escaped] ?? "";
    if (escaped === "\n") return "";
    const [all, hex] =
      /^(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|x([0-9a-f]{2}))/i.exec(escaped + source.slice(at, at + 9)) ?? [];
    if (!all) return escaped;
    at += all.length - 1;
    return String.fromCodePoint(Number.parseInt(hex ?? all.slice(1), 16));
  }

  function word(): void {
    const [name = ""] = /^[\p{L}\p{N}_$]+/u.exec(source.slice(at, at + 200)) ?? [];
    last = name;
    at += name.length;
  }

  function startsRegex(): boolean {
    if (/^[\p{L}\p{N}_$]+$/u.test(last)) return /^(return|typeof|case|in|of|await|yield|do|else)$/.test(last);
    return !/^[)\]"'`]$/.test(last);
  }

  function regex(): void {
    let inClass = false;
    for (at++; at < source.length; at++) {
      const char = source[at];
      if (char === "\\") at++;
      else if (char === "[") inClass = true;
      else if (char === "]") inClass = false;
      else if (char === "/" && !inClass) break;
    }
    at++;
    last = "/re/";
    word();
    last = ")";
  }
}

/** Literals that a `+` adds are one sentence. */
function joined(source: string, literals: readonly Literal[]): Literal[] {
  const out: Literal[] = [];
  for (const literal of [...literals].sort((a, b) => a.start - b.start)) {
    const before = out.at(-1);
    if (before && /^\s*\+\s*$/.test(source.slice(before.end, literal.start))) {
      before.text += literal.text;
      before.end = literal.end;
    } else out.push({ ...literal });
  }
  return out;
}

/** The sentences in `text`, none if only a program reads it. Help of several lines and SQL may hold more than one. */
function readable(text: string): string[] {
  if (isSql(text))
    return [...text.matchAll(/'([^']*)'/g)].flatMap(([, inner]) => plain(inner ?? "", /\p{L}+ \p{L}+ \p{L}+/u));
  return plain(text, /[\p{L}…][\p{L}…}"”’.,:;)]* \S*\p{L}{2}/u);
}

function plain(text: string, pattern: RegExp): string[] {
  const bare = blank(text, /<[a-z!/][^>]*>/gi)
    .replace(/\s+/g, " ")
    .trim();
  return pattern.test(bare.replaceAll("{…}", "…")) && !isForPrograms(text, bare) ? [bare] : [];
}

function isSql(text: string): boolean {
  return (
    /\b(postrider\.(?!ya?ml)[a-z_]+|pg_\w+|information_schema|queue\.job)\b/.test(text) ||
    /^\s*(select|insert into|delete from|create|alter|drop|copy|truncate|lock table|update \w+ set|listen|notify|set|with \w+ as)\b.*(=|\(|\$\d|\bfrom\b|\bis (not )?null\b|\{…\})/is.test(
      text,
    ) ||
    /^\s*(and|or|where|from|(left )?join|order by|on conflict|returning|case|exists|coalesce)\b.*(\$\d|\w = \S|[<>]=? |\bis (not )?null\b|\w\.\w+ )/is.test(
      text,
    )
  );
}

/** Lines of a protocol, values of headers, declarations of CSS, attributes, and lists of names. */
function isForPrograms(text: string, bare: string): boolean {
  return (
    text.includes("\r\n") ||
    /^(\w+\/[\w+.-]+; \w+=|default-src |public, )/.test(bare) ||
    /[\w-]+\s*:\s*[^;{}]+;\s*[\w-]+\s*:/.test(bare) ||
    /^[\w-]+=\S+( [\w-]+=\S+)*$/.test(bare) ||
    /^[.#@*:[]?[\w-]+[^.]*\{[^…]/.test(bare) ||
    (/^(\S+ ){11,}\S+$/.test(bare) &&
      /^[a-z0-9_. {}…-]+$/.test(bare) &&
      !/ (a|the|is|of|to) .*\b(a|the|is|of|to)\b/.test(bare))
  );
}

/** Puts spaces where the pattern was, so that lines stay where they are. */
function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found) => found.replace(/[^\n]/g, " "));
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split("\n").length;
}
