/**
 * A part of a list, as an operator writes it: `city = "Bern" and (tags has "press" or joined within 30 days)`. It is
 * parsed into a tree; the text itself never becomes part of an SQL statement.
 */

import { PostriderError } from "../errors.ts";

export type Segment =
  | { kind: "and" | "or"; parts: readonly Segment[] }
  | { kind: "not"; part: Segment }
  | { kind: "compare"; field: Field; operator: Operator; value: Literal }
  /** A date counted back from when it is asked, in whole days. */
  | { kind: "age"; field: Field; operator: AgeOperator; days: number }
  | { kind: "exists"; field: Field };

/** A word of ours, or the name of an attribute. */
export type Field = { own: (typeof ownFields)[number] } | { attribute: string };
export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "has";
/** `more than 30 days ago` is `<`; the other signs are only in what was stored before. */
export type AgeOperator = Exclude<Operator, "has"> | "within";
export type Literal =
  | { type: "text"; value: string }
  | { type: "number"; value: number }
  | { type: "truth"; value: boolean }
  /** `YYYY-MM-DD`. */
  | { type: "date"; value: string };

/** What is known of everybody. `joined`: the list; `opened` and `clicked`: last, where that is noted. */
export const ownFields = ["domain", "language", "name", "joined", "created", "opened", "clicked", "received"] as const;
export const dateFields: readonly string[] = ["joined", "created", "opened", "clicked"];

const longest = 2_000;
const deepest = 20;

interface Token {
  kind: "word" | "text" | "number" | "date" | "sign" | "end";
  text: string;
  at: number;
}

/**
 * @param stored - a publication of before keeps `joined > 30 days ago`, and still means what it meant then.
 * @throws PostriderError `invalid` with the place.
 */
export function parseSegment(source: string, { stored = false }: { stored?: boolean } = {}): Segment {
  if (source.length > longest) throw problem("an expression can have at most 2000 characters", 0, source);
  const tokens = tokensOf(source);
  let next = 0;
  const peek = (): Token => tokens[next] ?? { kind: "end", text: "", at: source.length };
  const take = (): Token => {
    const token = peek();
    next++;
    return token;
  };
  const isWord = (word: string): boolean => peek().kind === "word" && peek().text.toLowerCase() === word;
  const fail = (expected: string, token = peek()): never => {
    throw problem(
      `expected ${expected}, found ${token.kind === "end" ? "the end" : `"${token.text}"`}`,
      token.at,
      source,
    );
  };

  const either = (depth: number): Segment => {
    if (depth > deepest) throw problem("too many parentheses", peek().at, source);
    return chain("or", () => chain("and", () => negation(depth)));
  };
  const chain = (kind: "and" | "or", part: () => Segment): Segment => {
    const parts = [part()];
    while (isWord(kind)) {
      take();
      parts.push(part());
    }
    return parts.length === 1 && parts[0] ? parts[0] : { kind, parts };
  };
  const negation = (depth: number): Segment => {
    if (isWord("not")) {
      take();
      return { kind: "not", part: negation(depth + 1) };
    }
    if (depth > deepest) throw problem("too many parentheses", peek().at, source);
    if (peek().text !== "(" || peek().kind !== "sign") return comparison();
    take();
    const inner = either(depth + 1);
    if (take().text !== ")") fail('")"', tokens[next - 1]);
    return inner;
  };
  const comparison = (): Segment => {
    const token = take();
    if (token.kind !== "word" || reserved.includes(token.text.toLowerCase())) fail("the name of an attribute", token);
    const field = fieldOf(token.text);
    if (isWord("exists")) {
      take();
      return { kind: "exists", field };
    }
    if (isWord("within")) {
      take();
      return { kind: "age", field, operator: "within", days: days() };
    }
    if (isWord("more")) {
      take();
      if (!isWord("than")) fail('"than"');
      take();
      return { kind: "age", field, operator: "<", days: ago(days()) };
    }
    const sign = take();
    const operator = sign.kind === "word" ? sign.text.toLowerCase() : sign.text;
    if (!isOperator(operator)) fail("=, !=, <, <=, >, >=, has, within, more than or exists", sign);
    const at = peek();
    const value = literal();
    if (value.type === "number" && peek().kind === "word" && unitOf(peek().text)) {
      const amount = `${at.text} ${peek().text}`;
      if (stored && isOperator(operator) && operator !== "has") {
        next--;
        return { kind: "age", field, operator, days: ago(days()) };
      }
      throw problem(
        `"${token.text} ${operator} ${amount} ago" has two meanings. Write "${token.text} within ${amount}" or "${token.text} more than ${amount} ago"`,
        sign.at,
        source,
      );
    }
    if ("own" in field && dateFields.includes(field.own) && value.type !== "date")
      throw problem(
        `${field.own} needs a date such as 2026-01-31. Or write "${field.own} within 30 days" or "${field.own} more than 30 days ago"`,
        at.at,
        source,
      );
    return { kind: "compare", field, operator: operator as Operator, value };
  };
  const days = (): number => {
    const amount = take();
    const value = Number(amount.text);
    if (amount.kind !== "number" || value < 0) fail("a number of days, such as 30 days", amount);
    const unit = unitOf(peek().text);
    if (peek().kind !== "word" || !unit) fail("days, weeks, months or years");
    take();
    return Math.min(value * (unit ?? 1), 100_000);
  };
  const ago = (count: number): number => {
    if (!isWord("ago")) fail('"ago"');
    take();
    return count;
  };
  const literal = (): Literal => {
    const token = take();
    if (token.kind === "text") return { type: "text", value: token.text };
    if (token.kind === "date") return { type: "date", value: token.text };
    if (token.kind === "number") return { type: "number", value: Number(token.text) };
    if (token.kind === "word" && /^(true|false)$/i.test(token.text))
      return { type: "truth", value: token.text.toLowerCase() === "true" };
    return fail("a text in quotes, a number, a date, true or false", token);
  };

  const segment = either(0);
  if (peek().kind !== "end") fail('"and", "or" or the end');
  return segment;
}

const reserved = ["and", "or", "not", "has", "exists", "ago", "true", "false"];
const daysOf: Record<string, number> = { day: 1, week: 7, month: 30, year: 365 };

/** In days. */
function unitOf(word: string): number | undefined {
  return daysOf[/^(day|week|month|year)s?$/i.exec(word)?.[1]?.toLowerCase() ?? ""];
}

/** The attributes that an expression asks for, each once. */
export function attributesOf(segment: Segment): string[] {
  switch (segment.kind) {
    case "and":
    case "or":
      return [...new Set(segment.parts.flatMap(attributesOf))];
    case "not":
      return attributesOf(segment.part);
    default:
      return "attribute" in segment.field ? [segment.field.attribute] : [];
  }
}

function isOperator(text: string): text is Operator {
  return ["=", "!=", "<", "<=", ">", ">=", "has"].includes(text);
}

function fieldOf(name: string): Field {
  const own = ownFields.find((field) => field === name.toLowerCase());
  return own ? { own } : { attribute: name };
}

/** In this order: a date begins like a number. */
const lexemes: [Token["kind"], RegExp][] = [
  ["text", /"((?:[^"\\\0]|\\["\\])*)"|'((?:[^'\\\0]|\\['\\])*)'/y],
  ["date", /\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-])/y],
  ["number", /-?\d{1,15}(?:\.\d{1,6})?(?![\w.])/y],
  ["word", /[\p{L}_][\p{L}\p{N}_-]*/uy],
  ["sign", /!=|<=|>=|[=<>()]/y],
];

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const space = /\s+/y;
    space.lastIndex = at;
    if (space.test(source)) {
      at = space.lastIndex;
      continue;
    }
    const token = lexeme(source, at);
    if (!token) throw problem(`"${source[at]}" is not allowed here`, at, source);
    tokens.push(token.token);
    at = token.end;
  }
  return tokens;
}

function lexeme(source: string, at: number): { token: Token; end: number } | null {
  for (const [kind, pattern] of lexemes) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (!match) continue;
    const quoted = match[1] ?? match[2];
    const text = quoted === undefined ? match[0] : quoted.replace(/\\(.)/g, "$1");
    return { token: { kind, text, at }, end: pattern.lastIndex };
  }
  return null;
}

function problem(message: string, at: number, source: string): PostriderError {
  return new PostriderError("invalid", `Segment: ${message}, at character ${at + 1} of: ${source.slice(0, 200)}`, {
    hint: 'A segment looks like: city = "Bern" and (tags has "press" or joined within 30 days)',
  });
}
