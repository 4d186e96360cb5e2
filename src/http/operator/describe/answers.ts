/** The answers in the description of the API: documents of acts, and problems. */

import type { z } from "zod";
import { type ErrorCode, errorCodes } from "#core/errors.ts";
import { jsonSchemaOf } from "#desk/answers/json-schema.ts";
import { typeOf } from "../problems.ts";
import { exampleOf, type JsonSchema } from "./example.ts";

/** RFC 9457. */
export const problemSchema = {
  type: "object",
  required: ["type", "title", "code"],
  properties: {
    type: { type: "string", description: "Leads to a page that explains this kind of problem." },
    status: { type: "integer" },
    title: { type: "string", description: "What is wrong." },
    code: { type: "string", enum: errorCodes },
    detail: { type: "string", description: "What to do." },
    etag: { type: "string", description: "The ETag of the resource as it is now." },
    differences: {
      type: "array",
      items: {},
      description: "What has changed since a plan was made.",
    },
  },
};

interface Problem {
  description: string;
  code: ErrorCode;
  title: string;
  detail: string;
}

const problems: Readonly<Record<string, Problem>> = {
  Invalid: {
    description: "A parameter or the request body is not valid.",
    code: "invalid",
    title: 'There is no query parameter "stat" here',
    detail: "The parameters are: state, limit, cursor.",
  },
  Unauthorized: {
    description: "The token is missing or wrong.",
    code: "unauthorized",
    title: 'Send an API token as "Authorization: Bearer …"',
    detail: "`postrider tokens create` makes one.",
  },
  Forbidden: {
    description: "The caller does not have the permission for this.",
    code: "forbidden",
    title: 'This needs the permission "operate", which you do not have',
    detail: "Ask an admin for a role that has it (operator, admin), or for a token with this scope.",
  },
  NotFound: {
    description: "There is nothing with this id or name.",
    code: "not_found",
    title: 'There is no delivery "4711"',
    detail: "Ids of deliveries are numbers. GET /api/v1/deliveries lists them.",
  },
  Conflict: {
    description: "The state of the resource does not allow this.",
    code: "conflict",
    title: "This delivery is accepted, not uncertain",
    detail: "Only uncertain deliveries need a decision.",
  },
  KeyUsed: {
    description: "The Idempotency-Key was used for another request.",
    code: "invalid",
    title: "This Idempotency-Key was used for another request",
    detail: "Use a new key for a new request.",
  },
  Outdated: {
    description: "The resource has changed since the answer with this ETag. Nothing was done.",
    code: "outdated",
    title: "The resource has changed since you read it, and nothing was done",
    detail: "Read it again: GET /api/v1/campaigns/1b4e28ba-2fa1-41d2-883f-0016d3cca427.",
  },
  TooManyRequests: {
    description: "This token sent too many requests.",
    code: "too_many_requests",
    title: "This token may send 6000 requests a minute, and has sent more",
    detail: "Ask again in 1 s. `server.requestsPerMinute` in postrider.yaml sets the number.",
  },
  Unavailable: {
    description: "The database or the queue does not answer.",
    code: "unavailable",
    title: "The database does not answer",
    detail: "Try again in a minute.",
  },
};

const rateLimit = {
  RateLimit: { $ref: "#/components/headers/RateLimit" },
  "RateLimit-Policy": { $ref: "#/components/headers/RateLimitPolicy" },
};
const retryAfter = { description: "Seconds to wait", schema: { type: "integer" } };

/** Headers of every answer, for `components.headers`. */
export const headers = {
  RateLimit: {
    description: "How many requests are left (`r`), and in how many seconds all are back (`t`)",
    schema: { type: "string" },
    example: '"requests";r=5999;t=1',
  },
  RateLimitPolicy: {
    description: "How many requests (`q`) a token may send in so many seconds (`w`)",
    schema: { type: "string" },
    example: '"requests";q=6000;w=60',
  },
};

/** By name, for `components.responses`. */
export const problemResponses = Object.fromEntries(
  Object.entries(problems).map(([name, { description, ...example }]) => [
    name,
    {
      description,
      headers: { ...rateLimit, ...(name === "TooManyRequests" && { "Retry-After": retryAfter }) },
      content: {
        "application/problem+json": {
          schema: { $ref: "#/components/schemas/Problem" },
          example: { type: typeOf(example.code), ...example },
        },
      },
    },
  ]),
);

const refer = (name: keyof typeof problems) => ({ $ref: `#/components/responses/${name}` });

const stillRunning = "The request with this Idempotency-Key is still being carried out.";

export interface Failing {
  /** It has parameters or a body. */
  takes: boolean;
  /** It names something that may not be there. */
  names: boolean;
  /** When it answers 409. */
  conflict?: string | undefined;
  /** It takes an `Idempotency-Key`. */
  isOnce: boolean;
  /** It takes `If-Match`. */
  isConditional: boolean;
}

export function failures({ takes, names, conflict, isOnce, isConditional }: Failing): Record<string, object> {
  return {
    ...(takes && { 400: refer("Invalid") }),
    401: refer("Unauthorized"),
    403: refer("Forbidden"),
    ...(names && { 404: refer("NotFound") }),
    ...(conflict && { 409: { ...refer("Conflict"), description: conflict } }),
    ...(isOnce && !conflict && { 409: { ...refer("Conflict"), description: stillRunning } }),
    ...(isConditional && { 412: refer("Outdated") }),
    ...(isOnce && { 422: refer("KeyUsed") }),
    429: refer("TooManyRequests"),
    503: refer("Unavailable"),
  };
}

/** A JSON document with its schema and an example. */
export function json(schema: z.ZodType): object {
  const described = jsonSchemaOf(schema) as JsonSchema;
  return { "application/json": { schema: described, example: exampleOf(described) } };
}

const tag = { ...rateLimit, ETag: { description: "For If-None-Match", schema: { type: "string" } } };

/** @param isResource - has an `ETag`. */
export function success(status: number, description: string, answers: z.ZodType, isResource = false): object {
  return {
    [status]: { description, content: json(answers), headers: isResource ? tag : rateLimit },
    ...(isResource && { 304: { description: "Nothing has changed since the answer with this ETag.", headers: tag } }),
  };
}
