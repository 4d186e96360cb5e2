/** The schemas of answers as JSON Schema (2020-12), for the description of the API. */

import { z } from "zod";

/** A document has no keys besides those of its schema, except where the schema allows more. */
export function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      // The limits of exact integers in JavaScript tell a caller nothing.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (!isTime(zodSchema)) return;
      delete jsonSchema.anyOf;
      Object.assign(jsonSchema, { type: "string", format: "date-time" });
    },
  });
  return described;
}

/** A `Date` in the code, a text in JSON. */
function isTime(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodUnion && schema.options.some((option) => option instanceof z.ZodDate);
}
