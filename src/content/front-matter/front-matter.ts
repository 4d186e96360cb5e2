/** Parses front matter as data only. The one place that calls gray-matter, with all its engines replaced. */

import matter from "gray-matter";
import { messageOf } from "#core/errors.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import { legalText } from "#core/posts/legal-text.ts";
import { parseToml } from "#formats/toml.ts";
import { parseYaml, YamlError } from "#formats/yaml.ts";
import { finding } from "../rules.ts";
import { type FrontMatterLanguage, split } from "./split.ts";

export interface FrontMatter {
  /** An object without prototype. Nothing in it is shared with another post. */
  data: Record<string, unknown>;
  body: string;
  /** Line of the file on which `body` begins, counted from 1. */
  bodyLine: number;
  /** The line of the value at `path` in the file; 1 without front matter. */
  lineOf(path: readonly (string | number)[]): number;
  diagnostics: Diagnostic[];
}

/** Reads the front matter of normalised text (see `readSource`). Never throws and never evaluates anything. */
export function readFrontMatter(text: string): FrontMatter {
  const sections = split(text);
  if ("problem" in sections) return refused(sections.problem);
  const { language, body, bodyLine, matterLine } = sections;
  if (language === null) return { data: {}, body, bodyLine, lineOf: () => 1, diagnostics: [] };
  // gray-matter needs quadratic time for blank lines, so their number is limited too.
  if (sections.matter.length > maxLength || sections.matter.split("\n").length > maxLines) {
    const message = `The front matter has more than ${maxLength} characters or ${maxLines} lines; move text into the body`;
    return refused(finding("front-matter-too-big", matterLine, message), body, bodyLine);
  }
  try {
    const parsed = parse(sections.matter, language);
    return {
      data: parsed.data,
      body,
      bodyLine,
      lineOf: (path) => matterLine + parsed.lineOf(path) - 1,
      diagnostics: parsed.warnings.map(({ code, line, message }) => finding(code, matterLine + line - 1, message)),
    };
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return refused(finding(cause.code, matterLine + cause.line - 1, cause.message), body, bodyLine);
  }
}

/** In characters. */
const maxLength = 64_000;
const maxLines = 2_000;
const maxDepth = 32;
const maxValues = 10_000;

function refused(problem: Diagnostic, body = "", bodyLine = 1): FrontMatter {
  return { data: {}, body, bodyLine, lineOf: () => 1, diagnostics: [problem] };
}

type RefusalCode = "front-matter-syntax" | "front-matter-not-a-mapping" | "front-matter-too-big";

class Refusal extends Error {
  readonly code: RefusalCode;
  readonly line: number;
  constructor(code: RefusalCode, line: number, message: string) {
    super(message);
    this.code = code;
    this.line = line;
  }
}

interface Document {
  value: unknown;
  lineOf(path: readonly (string | number)[]): number;
  warnings: { code: "duplicate-key" | "front-matter-quotes" | "cut-value"; line: number; message: string }[];
}

function parse(text: string, language: FrontMatterLanguage) {
  let document: Document = { value: {}, lineOf: () => 1, warnings: [] };
  const engine = (run: (text: string) => Document) => ({
    parse: () => {
      document = run(text);
      return mapping(document.value);
    },
  });
  const refuse = engine(() => {
    throw new Refusal("front-matter-syntax", 1, "This kind of front matter is not supported");
  });
  const { data } = matter(`${fence}\n${text}\n${fence}\n`, {
    language,
    delimiters: fence,
    // gray-matter runs `javascript` front matter unless an engine with this name is given.
    engines: { yaml: engine(yaml), toml: engine(toml), json: engine(json), javascript: refuse, coffee: refuse },
  });
  return { data, lineOf: document.lineOf, warnings: document.warnings };
}

/** Files with NUL are refused earlier, so no line of a post can look like this fence. */
const fence = "\0---";

function yaml(text: string): Document {
  try {
    const { value, lineOf, twice, cut } = parseYaml(text, { numbers: "text" });
    const message = (key: string): string => `"${key}" is used twice, and the last value counts; remove one`;
    const warnings = twice.map(({ key, line }) => ({ code: "duplicate-key" as const, line, message: message(key) }));
    const lost = cut
      .filter(({ key }) => spoken.test(key))
      .map(({ line, key, mark }) => ({
        code: "cut-value" as const,
        line,
        message: `YAML does not read "${mark.slice(0, 40)}" as part of "${key}"; if it is, put the value in quotes`,
      }));
    return { value, lineOf, warnings: [...warnings, ...lost] };
  } catch (cause) {
    const repaired = indentOpenQuotes(text);
    if (repaired.text !== text) {
      const document = yaml(repaired.text);
      const message = "A quoted value continues here without indentation, which YAML forbids; indent this line";
      document.warnings.push({ code: "front-matter-quotes", line: repaired.line, message });
      return document;
    }
    throw new Refusal("front-matter-syntax", cause instanceof YamlError ? cause.line : 1, yamlAdvice(messageOf(cause)));
  }
}

/** Keys of texts for people. After a date or a setting, a comment is really a comment. */
const spoken = /title|description|summary|excerpt|spoiler|lede|headline|author/i;

/** Some generators accept a double-quoted value that continues without indentation. With one more space it is valid and has the same value. */
function indentOpenQuotes(text: string): { text: string; line: number } {
  let open = false;
  let line = 0;
  const lines = text.split("\n").map((each, index) => {
    const continued = open && /^[^\s]/.test(each);
    if (continued && line === 0) line = index + 1;
    if (!open) open = /^[\w-]+:[ \t]+"/.test(each) && !closesQuote(each.slice(each.indexOf('"') + 1));
    else open = !closesQuote(each);
    return continued ? ` ${each}` : each;
  });
  // If the quote is still open at the end, it is missing, and indenting would make the keys below it part of the value.
  return open ? { text, line: 0 } : { text: lines.join("\n"), line };
}

function closesQuote(text: string): boolean {
  return text.replace(/\\./g, "").includes('"');
}

function yamlAdvice(message: string): string {
  const [sentence = ""] = message.split("\n");
  if (/nested mappings|reserved character|implicit (map )?key|unexpected (scalar|flow|:)/i.test(sentence))
    return `YAML: ${sentence}; put the value in quotes if it contains ": ", " #" or begins with @ or \``;
  if (/alias/i.test(sentence)) return "YAML: aliases make the data too large; write the values out";
  if (/call stack/i.test(sentence)) return "YAML: nested too deeply; use fewer levels";
  return `YAML: ${sentence}; correct the line`;
}

function toml(text: string): Document {
  try {
    return { ...parseToml(text), warnings: [] };
  } catch (cause) {
    throw new Refusal("front-matter-syntax", lineOfError(cause), `TOML: ${messageOf(cause)}; correct the line`);
  }
}

function json(text: string): Document {
  try {
    // JSON is also YAML 1.2, and the YAML parser knows the lines.
    return { value: JSON.parse(text) as unknown, lineOf: (path) => yaml(text).lineOf(path), warnings: [] };
  } catch (cause) {
    const position = Number(/position (\d+)/.exec(messageOf(cause))?.[1] ?? 0);
    const line = text.slice(0, position).split("\n").length;
    throw new Refusal(
      "front-matter-syntax",
      line,
      "JSON: the front matter is not valid; look for a missing comma or quote",
    );
  }
}

function lineOfError(cause: unknown): number {
  return typeof cause === "object" && cause !== null && "line" in cause ? Number(cause.line) : 1;
}

function mapping(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new Refusal("front-matter-not-a-mapping", 1, 'The front matter must be lines of "key: value"');
  let values = 0;
  const copy = (each: unknown, depth: number): unknown => {
    if (++values > maxValues || depth > maxDepth)
      throw new Refusal("front-matter-too-big", 1, "The front matter is nested too deeply or has too many values");
    if (Array.isArray(each)) return each.map((inner) => copy(inner, depth + 1));
    // Removes escapes such as "\\0" in quotes, which databases and feeds can't store.
    if (typeof each === "string") return legalText(each);
    if (typeof each !== "object" || each === null) return each;
    const own = Object.entries(each).filter(([key]) => !prototypeKeys.has(key));
    return Object.assign(Object.create(null), Object.fromEntries(own.map(([key, v]) => [key, copy(v, depth + 1)])));
  };
  return copy(value, 0) as Record<string, unknown>;
}

const prototypeKeys = new Set(["__proto__", "prototype", "constructor"]);
