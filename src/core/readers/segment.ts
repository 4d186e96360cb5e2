/**
 * A part of a list, as an operator writes it: `city = "Bern" and (tags has "press" or joined within 30 days)`. It is
 * parsed into a tree; the text itself never becomes part of an SQL statement.
 */

import { problem, readTokens, type Token, type Tokens } from "./segment-tokens.ts";

export type Segment =
  | { kind: "and" | "or"; parts: readonly Segment[] }
  | { kind: "not"; part: Segment }
  | { kind: "compare"; field: Field; operator: Operator; value: Literal }
  /** A date relative to the day of evaluation, in whole days. */
  | { kind: "age"; field: Field; operator: AgeOperator; days: number }
  | { kind: "exists"; field: Field };

/** One of our field names, or the name of an attribute. */
export type Field = { own: (typeof ownFields)[number] } | { attribute: string };
export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "has";
/** `more than 30 days ago` is `<`. The other signs are only in expressions that were stored earlier. */
export type AgeOperator = Exclude<Operator, "has"> | "within";
export type Literal =
  | { type: "text"; value: string }
  | { type: "number"; value: number }
  | { type: "truth"; value: boolean }
  /** `YYYY-MM-DD`. */
  | { type: "date"; value: string };

/** Fields that every reader has. `joined`: the date of joining the list; `opened` and `clicked`: the last date, if tracked. */
export const ownFields = ["domain", "language", "name", "joined", "created", "opened", "clicked", "received"] as const;
export const dateFields: readonly string[] = ["joined", "created", "opened", "clicked"];

const longest = 2_000;
const deepest = 20;

/**
 * @param stored - an earlier publication may have `joined > 30 days ago`, which keeps its old meaning.
 * @throws PostriderError `invalid` with the position.
 */
export function parseSegment(source: string, { stored = false }: { stored?: boolean } = {}): Segment {
  if (source.length > longest) throw problem("an expression can have at most 2000 characters", 0, source);
  const tokens = readTokens(source);

  const either = (depth: number): Segment => {
    if (depth > deepest) tokens.refuse("too many parentheses", tokens.peek());
    return chain("or", () => chain("and", () => negation(depth)));
  };
  const chain = (kind: "and" | "or", part: () => Segment): Segment => {
    const parts = [part()];
    while (tokens.skipWord(kind)) parts.push(part());
    return parts.length === 1 && parts[0] ? parts[0] : { kind, parts };
  };
  const negation = (depth: number): Segment => {
    if (tokens.skipWord("not")) return { kind: "not", part: negation(depth + 1) };
    const next = tokens.peek();
    if (depth > deepest) tokens.refuse("too many parentheses", next);
    if (next.text !== "(" || next.kind !== "sign") return comparison(tokens, stored);
    tokens.take();
    const inner = either(depth + 1);
    const closing = tokens.take();
    if (closing.text !== ")") tokens.fail('")"', closing);
    return inner;
  };

  const segment = either(0);
  if (tokens.peek().kind !== "end") tokens.fail('"and", "or" or the end');
  return segment;
}

function comparison(tokens: Tokens, stored: boolean): Segment {
  const name = tokens.take();
  if (name.kind !== "word" || reserved.includes(name.text.toLowerCase())) tokens.fail("the name of an attribute", name);
  const field = fieldOf(name.text);
  if (tokens.skipWord("exists")) return { kind: "exists", field };
  if (tokens.skipWord("within")) return { kind: "age", field, operator: "within", days: daysIn(tokens.take(), tokens) };
  if (tokens.skipWord("more")) {
    if (!tokens.skipWord("than")) tokens.fail('"than"');
    return { kind: "age", field, operator: "<", days: daysAgo(tokens.take(), tokens) };
  }
  return valueComparison(name.text, field, tokens, stored);
}

/** Parses the rest of a comparison, from its sign. @param name - the field as it was written */
function valueComparison(name: string, field: Field, tokens: Tokens, stored: boolean): Segment {
  const sign = tokens.take();
  const operator = sign.kind === "word" ? sign.text.toLowerCase() : sign.text;
  if (!isOperator(operator)) return tokens.fail("=, !=, <, <=, >, >=, has, within, more than or exists", sign);
  const first = tokens.take();
  const value = literal(first, tokens);
  const unit = tokens.peek();
  if (value.type === "number" && unit.kind === "word" && unitOf(unit.text)) {
    if (stored && operator !== "has") return { kind: "age", field, operator, days: daysAgo(first, tokens) };
    const amount = `${first.text} ${unit.text}`;
    return tokens.refuse(
      `"${name} ${operator} ${amount} ago" has two meanings. Write "${name} within ${amount}" or "${name} more than ${amount} ago"`,
      sign,
    );
  }
  if ("own" in field && dateFields.includes(field.own) && value.type !== "date")
    tokens.refuse(
      `${field.own} needs a date such as 2026-01-31. Or write "${field.own} within 30 days" or "${field.own} more than 30 days ago"`,
      first,
    );
  return { kind: "compare", field, operator, value };
}

function daysIn(amount: Token, tokens: Tokens): number {
  const value = Number(amount.text);
  if (amount.kind !== "number" || value < 0) tokens.fail("a number of days, such as 30 days", amount);
  const unit = unitOf(tokens.peek().text);
  if (tokens.peek().kind !== "word" || !unit) return tokens.fail("days, weeks, months or years");
  tokens.take();
  return Math.min(value * unit, 100_000);
}

function daysAgo(amount: Token, tokens: Tokens): number {
  const days = daysIn(amount, tokens);
  if (!tokens.skipWord("ago")) tokens.fail('"ago"');
  return days;
}

function literal(token: Token, tokens: Tokens): Literal {
  if (token.kind === "text") return { type: "text", value: token.text };
  if (token.kind === "date") return { type: "date", value: token.text };
  if (token.kind === "number") return { type: "number", value: Number(token.text) };
  if (token.kind === "word" && /^(true|false)$/i.test(token.text))
    return { type: "truth", value: token.text.toLowerCase() === "true" };
  return tokens.fail("a text in quotes, a number, a date, true or false", token);
}

const reserved = ["and", "or", "not", "has", "exists", "ago", "true", "false"];
const daysOf: Record<string, number> = { day: 1, week: 7, month: 30, year: 365 };

/** In days. */
function unitOf(word: string): number | undefined {
  return daysOf[/^(day|week|month|year)s?$/i.exec(word)?.[1]?.toLowerCase() ?? ""];
}

/** The attributes in an expression, each once. */
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
