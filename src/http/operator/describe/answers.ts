/** The answers in the description of the API: documents of acts, and problems. */

import type { z } from "zod";
import { type ErrorCode, errorCodes } from "#core/errors.ts";
import { jsonSchemaOf } from "#desk/answers/json-schema.ts";
import { exampleOf, type JsonSchema } from "./example.ts";

/** RFC 9457. */
export const problemSchema = {
  type: "object",
  required: ["type", "title", "code"],
  properties: {
    type: { type: "string" },
    title: { type: "string", description: "What is wrong." },
    code: { type: "string", enum: errorCodes },
    detail: { type: "string", description: "What to do." },
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
  Unavailable: {
    description: "The database or the queue does not answer.",
    code: "unavailable",
    title: "The database does not answer",
    detail: "Try again in a minute.",
  },
};

/** By name, for `components.responses`. */
export const problemResponses = Object.fromEntries(
  Object.entries(problems).map(([name, { description, ...example }]) => [
    name,
    {
      description,
      content: {
        "application/problem+json": {
          schema: { $ref: "#/components/schemas/Problem" },
          example: { type: "about:blank", ...example },
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
}

export function failures({ takes, names, conflict, isOnce }: Failing): Record<string, object> {
  return {
    ...(takes && { 400: refer("Invalid") }),
    401: refer("Unauthorized"),
    403: refer("Forbidden"),
    ...(names && { 404: refer("NotFound") }),
    ...(conflict && { 409: { ...refer("Conflict"), description: conflict } }),
    ...(isOnce && !conflict && { 409: { ...refer("Conflict"), description: stillRunning } }),
    ...(isOnce && { 422: refer("KeyUsed") }),
    503: refer("Unavailable"),
  };
}

/** A JSON document with its schema and an example. */
export function json(schema: z.ZodType): object {
  const described = jsonSchemaOf(schema) as JsonSchema;
  return { "application/json": { schema: described, example: exampleOf(described) } };
}

const tag = { ETag: { description: "For If-None-Match", schema: { type: "string" } } };

/** @param isResource - has an `ETag`. */
export function success(status: number, description: string, answers: z.ZodType, isResource = false): object {
  return {
    [status]: { description, content: json(answers), ...(isResource && { headers: tag }) },
    ...(isResource && { 304: { description: "Nothing has changed since the answer with this ETag.", headers: tag } }),
  };
}
