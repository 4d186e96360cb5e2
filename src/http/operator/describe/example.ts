/** Examples for the description of the API, made from its schemas, so that no example can contradict its schema. */

export interface JsonSchema {
  [keyword: string]: unknown;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  description?: string;
}

/** What a value with this name looks like. */
const byName: Readonly<Record<string, unknown>> = {
  address: "ada@example.org",
  actor: "api",
  adapter: "smtp",
  channel: "newsletter",
  code: "550",
  consent: "by phone, 3 May 2027",
  domain: "example.org",
  evidence: "api: asked by phone",
  host: "news-1",
  job: "weekly-digest",
  language: "en",
  list: "everyone",
  message: "The mailbox does not exist",
  name: "newsletter",
  path: "content/posts/2027/hello.md",
  post: "2027/hello.md",
  reason: "the relay's log has it",
  revision: "3fd1c07a92be",
  source: "subscribe",
  title: "Hello",
  url: "https://example.org/blog/hello/",
};

const time = "2027-01-05T09:00:00Z";

/** @param name - of the value. */
export function exampleOf(schema: JsonSchema, name = ""): unknown {
  const { examples, anyOf, oneOf, allOf } = schema as Record<string, unknown[] | undefined>;
  if (examples?.length) return examples[0];
  if ("const" in schema) return schema["const"];
  if ("default" in schema) return schema["default"];
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  const choices = anyOf ?? oneOf ?? allOf;
  if (choices?.length) return exampleOf(choices[0] as JsonSchema, name);
  return ofType(schema, name);
}

function ofType(schema: JsonSchema, name: string): unknown {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case "string":
      return text(schema, name);
    case "integer":
    case "number":
      return Math.max(1, typeof schema["minimum"] === "number" ? schema["minimum"] : 1);
    case "boolean":
      return true;
    case "array":
      return [exampleOf((schema["items"] ?? {}) as JsonSchema, name.replace(/s$/, ""))];
    case "object":
      return object(schema);
    case "null":
      return null;
    default:
      return {};
  }
}

function text(schema: JsonSchema, name: string): string {
  if (schema["format"] === "date-time") return time;
  const known = byName[name];
  return typeof known === "string" ? known : name || "text";
}

function object({ properties = {}, additionalProperties }: JsonSchema): Record<string, unknown> {
  const entries = Object.entries(properties).map(([name, each]) => [name, exampleOf(each, name)] as const);
  if (entries.length > 0) return Object.fromEntries(entries);
  const other = typeof additionalProperties === "object" ? (additionalProperties as JsonSchema | null) : null;
  return other && Object.keys(other).length > 0 ? { newsletter: exampleOf(other, "newsletter") } : {};
}
