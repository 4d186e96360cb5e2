/** The body of a request to the API. */

import type { Context, MiddlewareHandler } from "hono";
import { PostriderError } from "#core/errors.ts";

/** @throws PostriderError `invalid` if the body is not a JSON object */
export async function bodyOf(context: Context): Promise<Record<string, unknown>> {
  const text = await context.req.text();
  if (text.includes("\\u0000"))
    throw new PostriderError("invalid", "The request body contains the character NUL, which can't be stored");
  try {
    const body: unknown = text === "" ? {} : JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    throw new PostriderError("invalid", "The request body is not valid JSON");
  }
  throw new PostriderError("invalid", "The request body is not a JSON object");
}

/** No name has this character, and the database can't store it. @throws PostriderError `not_found` */
export const refuseNul: MiddlewareHandler = async (context, next) => {
  if (/%00/.test(context.req.url)) throw new PostriderError("not_found", "Nothing has a name with the character NUL");
  return next();
};
