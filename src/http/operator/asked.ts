/** The body of a request to the API. */

import type { Context } from "hono";
import { PostriderError } from "#core/errors.ts";

/** @throws PostriderError `invalid` if the body is not a JSON object */
export async function bodyOf(context: Context): Promise<Record<string, unknown>> {
  const text = await context.req.text();
  try {
    const body: unknown = text === "" ? {} : JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    throw new PostriderError("invalid", "The request body is not valid JSON");
  }
  throw new PostriderError("invalid", "The request body is not a JSON object");
}
