/** The schemas of answers as JSON Schema (2020-12), for the description of the API. */

import { z } from "zod";
import { time } from "./common.ts";

/** A document has no keys besides those of its schema, except where the schema allows more. */
export function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      if ((zodSchema as unknown) !== time) return;
      delete jsonSchema.anyOf;
      Object.assign(jsonSchema, { type: "string", format: "date-time" });
    },
  });
  return described;
}
