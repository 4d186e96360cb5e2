/** Reads query parameters as the schema of an act wants them. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";

/** Unwraps `optional` and `default`. */
function plain(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return plain(schema.unwrap());
  return schema;
}

/** A value that does not fit is left as text: the schema of the act refuses it, with the name of the field. */
function parsed(text: string, schema: z.core.$ZodType | undefined): unknown {
  const type = schema && plain(schema);
  if (type instanceof z.ZodNumber && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (type instanceof z.ZodBoolean && (text === "true" || text === "false")) return text === "true";
  return text;
}

/** @throws PostriderError `invalid` for an unknown parameter, or one that occurs twice */
export function readQuery(query: URLSearchParams, shape: z.core.$ZodShape): Record<string, unknown> {
  const known = Object.keys(shape);
  const asked: Record<string, unknown> = {};
  for (const [name, text] of query) {
    if (!known.includes(name))
      throw new PostriderError("invalid", `There is no query parameter "${name}" here`, {
        hint: known.length > 0 ? `The parameters are: ${known.join(", ")}.` : "This address has no query parameters.",
      });
    if (name in asked) throw new PostriderError("invalid", `The query parameter "${name}" is there twice`);
    asked[name] = parsed(text, shape[name]);
  }
  return asked;
}
