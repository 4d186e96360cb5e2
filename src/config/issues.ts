/** Turns what a schema says into a sentence: where, what was expected, what was found, and the nearest right spelling. */

import type { Schema } from "#core/adapter.ts";
import { suggestion } from "./spelling.ts";

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
}

/** Validates at once. @returns the parsed value, or every problem, each with the path from the root of `value`. */
export function validate<T>(schema: Schema<T>, value: unknown): { value: T } | { problems: Problem[] } {
  const result = schema["~standard"].validate(value);
  if (result instanceof Promise) throw new TypeError("A configuration schema must not be asynchronous");
  if (!result.issues) return { value: result.value };
  return { problems: result.issues.flatMap((issue) => problemsOf(issue as Issue, schema, value)) };
}

function problemsOf(issue: Issue, schema: unknown, root: unknown): Problem[] {
  const path = (issue.path ?? []).map((part) => (typeof part === "object" ? part.key : part)) as (string | number)[];
  if (issue.code === "unrecognized_keys" && issue.keys) {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: [`unknown key "${key}"`, suggestion(key, known) || (known.length > 0 && `known: ${known.join(", ")}`)]
        .filter(Boolean)
        .join("; "),
    }));
  }
  return [{ path, message: sentence(issue, valueAt(root, path)) }];
}

function sentence(issue: Issue, found: unknown): string {
  if (issue.code === "invalid_type" && found === undefined) return "is missing";
  const given = describe(found);
  const guess = issue.values && typeof found === "string" ? suggestion(found, issue.values.map(String)) : "";
  return [`${issue.message}, found ${given}`, guess].filter(Boolean).join("; ");
}

function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Record<string | number, unknown> | undefined)?.[key], root);
}

/** Values that could be secrets are long or come from the environment; only short ones are repeated. */
function describe(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "a mapping";
  return typeof value === "string" && value.length > 60 ? "a longer text" : JSON.stringify(value);
}

/** The keys that a zod object admits at a path: to suggest the right one. */
function keysAt(schema: unknown, path: readonly (string | number)[]): string[] {
  let node = schema as { shape?: Record<string, unknown>; unwrap?: () => unknown; def?: { innerType?: unknown } };
  const open = (inner: typeof node): typeof node => {
    let bare = inner;
    while (bare && !bare.shape && bare.def?.innerType) bare = bare.def.innerType as typeof node;
    return bare;
  };
  node = open(node);
  for (const key of path) node = open((node?.shape?.[key] ?? {}) as typeof node);
  return Object.keys(node?.shape ?? {});
}
