/** Turns a schema error into a sentence: where, what was expected, what was found, and the nearest spelling. */

import type { Schema } from "#core/adapter.ts";
import { suggestion } from "#core/spelling.ts";

export interface Problem {
  path: (string | number)[];
  message: string;
}

/** An issue as zod reports it; other schema libraries give `message` and `path` only (Standard Schema). */
interface Issue {
  message: string;
  path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  code?: string;
  keys?: string[];
  expected?: string;
  values?: unknown[];
  origin?: string;
  minimum?: number;
  maximum?: number;
  inclusive?: boolean;
  /** For a wrong key: the issues of its own schema. */
  issues?: readonly Issue[];
  /** For a value that matches none of several forms: the issues of each form. */
  errors?: readonly (readonly Issue[])[];
}

type VariableOf = (path: readonly (string | number)[]) => string | undefined;

/**
 * Validates synchronously.
 * @param variableOf - the environment variable that the value at a path comes from. Such a value may be a secret and
 * is not repeated in a message.
 * @returns the parsed value, or all problems, each with its path from the root of `value`.
 */
export function validate<T>(
  schema: Schema<T>,
  value: unknown,
  variableOf: VariableOf = () => undefined,
): { value: T } | { problems: Problem[] } {
  const result = schema["~standard"].validate(value);
  if (result instanceof Promise) throw new TypeError("A configuration schema must not be asynchronous");
  if (!result.issues) return { value: result.value };
  return { problems: result.issues.flatMap((issue) => problemsOf(issue as Issue, schema, value, variableOf)) };
}

function problemsOf(issue: Issue, schema: unknown, root: unknown, variableOf: VariableOf): Problem[] {
  const path = pathOf(issue);
  const meant = issue.code === "invalid_union" ? meantBy(issue, valueAt(root, path)) : null;
  if (meant)
    return meant.flatMap((inner) =>
      problemsOf({ ...inner, path: [...path, ...pathOf(inner)] }, schema, root, variableOf),
    );
  if (issue.code === "unrecognized_keys" && issue.keys) {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: [`unknown key "${key}"`, suggestion(key, known) || (known.length > 0 && `known: ${known.join(", ")}`)]
        .filter(Boolean)
        .join("; "),
    }));
  }
  if (issue.code === "invalid_key") return [{ path, message: `${issue.issues?.[0]?.message}, found "${path.at(-1)}"` }];
  const found = valueAt(root, path);
  const variable = variableOf(path);
  return [{ path, message: sentence(issue, found, variable ? `the value of ${variable}` : describe(found)) }];
}

function pathOf({ path = [] }: Issue): (string | number)[] {
  return path.map((part) => (typeof part === "object" ? part.key : part)) as (string | number)[];
}

/** The form that a mapping was meant for: the one with issues about its keys, and not about being a mapping. */
function meantBy({ errors = [] }: Issue, found: unknown): readonly Issue[] | null {
  if (typeof found !== "object" || found === null || Array.isArray(found)) return null;
  const [meant, other] = errors.filter((issues) =>
    issues.every((issue) => pathOf(issue).length > 0 || issue.code === "unrecognized_keys"),
  );
  return meant && !other ? meant : null;
}

function sentence(issue: Issue, found: unknown, given: string): string {
  if (issue.code === "invalid_type" && found === undefined) return "is missing";
  const guess = issue.values && typeof found === "string" ? suggestion(found, issue.values.map(String)) : "";
  return [`${expectation(issue)}, found ${given}`, guess].filter(Boolean).join("; ");
}

const forms: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

/** The expectation in plain words. A schema's own message is already plain. */
function expectation({ code, message, expected = "", values, errors, ...limits }: Issue): string {
  if (code === "invalid_type" && forms[expected]) return `expected ${forms[expected]}`;
  if (code === "invalid_value" && values) return `expected ${values.map(String).join(" or ")}`;
  // zod's message for a schema without its own message.
  if (code === "invalid_union" && errors?.length && message === "Invalid input")
    return [...new Set(errors.flatMap(([first]) => (first ? [expectation(first)] : [])))].join(", or ");
  const { origin, minimum, maximum, inclusive } = limits;
  if (code === "too_small" && minimum === 1 && inclusive)
    return origin === "string" ? "expected a text that is not empty" : "expected at least 1";
  const unit = { string: " characters", array: " entries" }[origin ?? ""] ?? "";
  if (code === "too_small") return `expected ${inclusive ? "at least" : "more than"} ${minimum}${unit}`;
  if (code === "too_big") return `expected ${inclusive ? "at most" : "less than"} ${maximum}${unit}`;
  return message;
}

function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Record<string | number, unknown> | undefined)?.[key], root);
}

/** Only short values are repeated, because secrets are long or come from the environment. */
function describe(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "a mapping";
  return typeof value === "string" && value.length > 60 ? "a longer text" : JSON.stringify(value);
}

/** The keys that a zod object allows at a path, for suggestions. */
function keysAt(schema: unknown, path: readonly (string | number)[]): string[] {
  let node = opened(schema as Node);
  for (const key of path) node = opened(node?.shape?.[key]);
  return Object.keys(node?.shape ?? {});
}

interface Node {
  shape?: Record<string, Node>;
  /** The alternatives of a union. */
  options?: Node[];
  def?: { innerType?: Node; in?: Node };
}

/** Removes wrappers of a schema: optional, default, transformation, alternatives. */
function opened(node: Node | undefined): Node | undefined {
  if (!node || node.shape) return node;
  const inner = node.def?.innerType ?? node.def?.in;
  if (inner) return opened(inner);
  return node.options?.map(opened).find((option) => option?.shape);
}
