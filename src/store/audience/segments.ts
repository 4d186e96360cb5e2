/** Turns segments into SQL conditions. Everything that the operator wrote is a parameter. */

import { PostriderError } from "#core/errors.ts";
import {
  dateFields,
  type Field,
  type Literal,
  type Operator,
  parseSegment,
  type Segment,
} from "#core/readers/segment.ts";

export interface Condition {
  /** A condition on `s` (subscriber) and `b` (subscription). Never null. */
  sql: string;
  values: unknown[];
}

/**
 * @param expression - absent: everybody.
 * @param first - number of the first free parameter.
 * @throws PostriderError `invalid`
 */
export function segmentCondition(expression: string | null | undefined, first: number): Condition {
  if (!expression) return { sql: "true", values: [] };
  const values: unknown[] = [];
  const parameter = (value: unknown, type: string): string => `$${first + values.push(value) - 1}::${type}`;
  return { sql: compile(parseSegment(expression, { stored: true }), parameter), values };
}

type Parameter = (value: unknown, type: string) => string;

function compile(segment: Segment, parameter: Parameter): string {
  switch (segment.kind) {
    case "and":
    case "or":
      return `(${segment.parts.map((part) => compile(part, parameter)).join(` ${segment.kind} `)})`;
    case "not":
      return `not ${compile(segment.part, parameter)}`;
    case "exists":
      return `(${textOf(segment.field, parameter)} is not null)`;
    case "age":
      return `coalesce(${compareAge(segment, parameter)}, ${segment.operator === "!="})`;
    case "compare":
      return `coalesce(${compare(segment, parameter)}, ${segment.operator === "!="})`;
  }
}

function compare({ field, operator, value }: Extract<Segment, { kind: "compare" }>, parameter: Parameter): string {
  if ("own" in field && field.own === "received") return received(operator, value, parameter);
  if (operator === "has") return has(field, value, parameter);
  const sign = operator === "!=" ? "<>" : operator;
  if (value.type === "date") return compareDay(field, sign, parameter(value.value, "text"), parameter);
  const text = textOf(field, parameter);
  if (value.type === "number") return `${numberOf(text)} ${sign} ${parameter(value.value, "numeric")}`;
  if (value.type === "truth") return `lower(${text}) ${sign} ${parameter(String(value.value), "text")}`;
  return `lower(${text}) ${sign} lower(${parameter(value.value, "text")})`;
}

/** Readers who got a post, by its id, in any generation. Uncertain deliveries count as received. */
function received(operator: Operator, value: Literal, parameter: Parameter): string {
  if (value.type !== "text" || !["=", "!="].includes(operator))
    throw new PostriderError("invalid", "Segment: compare `received` with the id of a post, using = or !=", {
      hint: 'For example: received = "hello.md"',
    });
  const took = `exists (select 1 from postrider.publication_channel m
    join postrider.delivery d on d.post_id = m.post_id and d.channel = m.channel and d.recipient = s.hash and d.generation = m.generation
    where m.post_id = ${parameter(value.value, "text")} and d.state in ('accepted', 'uncertain'))`;
  return operator === "=" ? took : `not ${took}`;
}

/** Whether a list has the element, or a text contains the text. */
function has(field: Field, value: Literal, parameter: Parameter): string {
  const wanted = parameter(String(value.value), "text");
  if ("own" in field) return `position(lower(${wanted}) in lower(${textOf(field, parameter)})) > 0`;
  const whole = `s.attributes -> ${parameter(field.attribute, "text")}`;
  return `case jsonb_typeof(${whole}) when 'array' then ${whole} ? ${wanted}
    else position(lower(${wanted}) in lower(${textOf(field, parameter)})) > 0 end`;
}

/** "Within" ends today: a future date is not within the last days. */
function compareAge({ field, operator, days }: Extract<Segment, { kind: "age" }>, parameter: Parameter): string {
  const day = `to_char((now() - interval '1 day' * ${parameter(days, "float8")}) at time zone 'UTC', 'YYYY-MM-DD')`;
  if (operator !== "within") return compareDay(field, operator === "!=" ? "<>" : operator, day, parameter);
  return `(${compareDay(field, ">=", day, parameter)} and ${compareDay(field, "<=", "to_char(now() at time zone 'UTC', 'YYYY-MM-DD')", parameter)})`;
}

/** ISO dates can be compared as texts. A value that is not a date does not match. */
function compareDay(
  field: Field,
  sign: Exclude<Operator, "has" | "!="> | "<>",
  day: string,
  parameter: Parameter,
): string {
  if ("own" in field && dateFields.includes(field.own)) return `${textOf(field, parameter)} ${sign} ${day}`;
  const text = textOf(field, parameter);
  return `case when ${text} ~ '^\\d{4}-\\d{2}-\\d{2}' then left(${text}, 10) ${sign} ${day} end`;
}

const ownColumns: Record<Extract<Field, { own: string }>["own"], string> = {
  domain: `split_part(s.normalized collate "default", '@', 2)`,
  language: "s.language",
  name: "s.name",
  joined: dayOf("b.since"),
  created: dayOf("s.created_at"),
  opened: dayOf(
    "(select max(e.at) from postrider.engagement e where e.subscriber_id = s.id and e.kind = 'open' and not e.prefetched)",
  ),
  received: `(select max(d.post_id) from postrider.delivery d where d.subscriber_id = s.id and d.state = 'accepted')`,
  clicked: dayOf(
    "(select max(e.at) from postrider.engagement e where e.subscriber_id = s.id and e.kind = 'click' and not e.prefetched)",
  ),
};

function textOf(field: Field, parameter: Parameter): string {
  return "own" in field ? ownColumns[field.own] : `(s.attributes ->> ${parameter(field.attribute, "text")})`;
}

/** A text that looks like a number counts as a number, because imports store texts. */
function numberOf(text: string): string {
  return `case when ${text} ~ '^-?\\d{1,15}(\\.\\d{1,15})?$' then (${text})::numeric end`;
}

function dayOf(time: string): string {
  return `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD')`;
}
