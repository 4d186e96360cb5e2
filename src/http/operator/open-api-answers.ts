/** The answers in the description of the API: documents of acts, and problems. */

import type { z } from "zod";
import { jsonSchemaOf } from "#desk/answers/json-schema.ts";

/** RFC 9457. */
const problemSchema = {
  type: "object",
  required: ["type", "title", "code"],
  properties: {
    type: { type: "string" },
    title: { type: "string", description: "What is wrong." },
    code: { enum: ["invalid", "unauthorized", "forbidden", "not_found", "conflict", "unavailable", "internal"] },
    detail: { type: "string", description: "What to do." },
  },
};

const problem = { "application/problem+json": { schema: problemSchema } };
const refused = {
  401: { description: "The token is missing or wrong.", content: problem },
  403: { description: "The caller does not have the permission for this.", content: problem },
};
const missing = { 404: { description: "Not found.", content: problem } };

/** The JSON document of an act's answer. */
function document({ answers }: { answers: z.ZodType }) {
  return { "application/json": { schema: jsonSchemaOf(answers) } };
}
export const shows = (act: { answers: z.ZodType }) => ({
  200: { description: "The current state.", content: document(act) },
  ...refused,
});
export const finds = (act: { answers: z.ZodType }) => ({ ...shows(act), ...missing });
export const changes = (act: { answers: z.ZodType }) => ({
  ...finds(act),
  409: { description: "The campaign was cancelled or is finished.", content: problem },
});
/** @param plan - the answer of a dry run. */
export const takes = (act: { answers: z.ZodType }, plan = act) => ({
  200: { description: "The plan, for a dry run.", content: document(plan) },
  202: { description: "Accepted. Workers will do the rest.", content: document(act) },
  400: { description: "The request body or the post is not valid.", content: problem },
  ...refused,
  ...missing,
  409: { description: "Something has changed since the plan was made.", content: problem },
});

export const decides = (act: { answers: z.ZodType }) => ({
  ...finds(act),
  409: { description: "The edition was already approved or declined.", content: problem },
});

export const adds = (act: { answers: z.ZodType }) => ({
  201: { description: "Created.", content: document(act) },
  400: { description: "The request body is not valid.", content: problem },
  ...refused,
  409: { description: "The name is in use.", content: problem },
});

export const revokes = (act: { answers: z.ZodType }) => ({
  ...finds(act),
  409: { description: "It has already been revoked.", content: problem },
});
