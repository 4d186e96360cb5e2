/** The bodies of requests in the description of the API. */

export const bodyWith = (properties: object, required: readonly string[] = []) => ({
  required: required.length > 0,
  content: { "application/json": { schema: { type: "object", additionalProperties: false, properties, required } } },
});
