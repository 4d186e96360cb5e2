/** Describes one route as an operation of OpenAPI, from the schemas of its act. */

import { z } from "zod";
import { jsonSchemaOf } from "#desk/answers/json-schema.ts";
import { withFields } from "../fields.ts";
import { singleResources } from "../resources/all.ts";
import { fieldsOf, isList, type Route } from "../route.ts";
import { failures, success } from "./answers.ts";
import { exampleOf, type JsonSchema } from "./example.ts";

/** A route whose handler does more than its act. */
export interface Verb extends Route {
  /** Instead of the act's own fields. */
  body?: z.ZodType;
  /** Fields of the example of the body, beside those that are required. */
  example?: object;
  /** What a dry run answers, with 200. */
  planned?: z.ZodType;
  /** What it answers, if that is not the act's own document. */
  answers?: z.ZodType;
  /** The answer has no `ETag`. */
  isPlain?: true;
}

const success200: Readonly<Record<Route["method"], string>> = {
  get: "The current state.",
  post: "Done.",
  put: "The new state.",
  delete: "What was removed or ended.",
};
const successOf: Readonly<Record<number, string>> = { 201: "Done.", 202: "Accepted. Workers will do the rest." };

export function operation(route: Verb): object {
  const { id, method, path, summary, act, status = 200, conflict, planned, answers = act.answers } = route;
  const isGet = method === "get";
  const inQuery = isGet || (method === "delete" && !route.body);
  const parameters = [...pathParameters(route), ...(inQuery ? queryParameters(route) : [])];
  const body = inQuery ? null : requestBody(route);
  const isResource = isGet && !isList(route) && !route.isPlain;
  if (isResource) parameters.push(ifNoneMatch);
  const isConditional = !isGet && singleResources.some((single) => `${path}/`.startsWith(`${single}/`));
  if (isConditional) parameters.push(ifMatch);
  const isOnce = method === "post";
  if (isOnce) parameters.push(idempotencyKey);
  return {
    operationId: id,
    tags: [tagOf(path)],
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: {
      ...(planned && success(200, "The plan, for a dry run.", planned)),
      ...success(status, successOf[status] ?? success200[method], answers, isResource),
      ...failures({
        takes: parameters.length > 0 || body !== null,
        names: namesSomething(route),
        conflict,
        isOnce,
        isConditional,
      }),
    },
  };
}

export function tagOf(path: string): string {
  return path.split("/")[1] ?? "";
}

/** In its path, or by a filter. */
function namesSomething(route: Verb): boolean {
  const naming = ["list", "campaign", "subscriber", "delivery"];
  return route.names !== undefined || Object.keys(route.act.asks.shape).some((name) => naming.includes(name));
}

const ifNoneMatch = {
  name: "If-None-Match",
  in: "header",
  required: false,
  description: "The `ETag` of an earlier answer. If nothing has changed, the answer is 304 without a body",
  schema: { type: "string" },
  example: '"0123456789abcdef"',
};

const ifMatch = {
  name: "If-Match",
  in: "header",
  required: false,
  description:
    "The `ETag` of the resource as you know it. If it has changed since, nothing is done, and the answer is 412",
  schema: { type: "string" },
  example: '"0123456789abcdef"',
};

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "A key of your own. A repeated request with the same key is done once, and gets the answer of the first",
  schema: { type: "string", minLength: 1, maxLength: 255 },
  example: "8e03978e-40d5-43dd-bc93-6894a57f9324",
};

function pathParameters({ act, names = {} }: Verb): object[] {
  const all = jsonSchemaOf(act.asks) as JsonSchema;
  return Object.entries(names).map(([name, field]) => {
    const whole = all.properties?.[field] ?? { type: "string" };
    // One post stands for a list of posts.
    const { description, examples: _, ...schema } = (whole.type === "array" ? whole["items"] : whole) as JsonSchema;
    const example = exampleOf(whole.type === "array" ? (whole["items"] as JsonSchema) : whole, field);
    return {
      name,
      in: "path",
      required: true,
      description: description ?? nameOf(field),
      schema,
      example: idOf(field, example),
    };
  });
}

const paths: Readonly<Record<string, string>> = {
  post: "The post's path below the content folder or its id, percent-encoded: `2027%2Fhello.md`",
  posts: "The post's path below the content folder or its id, percent-encoded: `2027%2Fhello.md`",
  job: "The name of a job",
  channel: "The name of a channel",
  number: "The number of an edition",
};

function nameOf(field: string): string {
  return paths[field] ?? `The id of a ${field}`;
}

function idOf(field: string, example: unknown): unknown {
  if (field === "post" || field === "posts") return "2027/hello.md";
  if (field === "campaign" || field === "publication") return "1b4e28ba-2fa1-41d2-883f-0016d3cca427";
  return field === "plan"
    ? "3fd1c07a92be"
    : ["delivery", "subscriber", "suppression"].includes(field)
      ? "4711"
      : example;
}

function queryParameters(route: Verb): object[] {
  const shape = isList(route) ? withFields(fieldsOf(route)) : fieldsOf(route);
  const { properties = {}, required = [] } = jsonSchemaOf(z.object(shape)) as JsonSchema;
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    ...{ name, in: "query", required: required.includes(name) && !(name in (route.defaults ?? {})) },
    ...(description !== undefined && { description }),
    schema,
    example: name === "fields" ? "id" : idOf(name, exampleOf(schema, name)),
  }));
}

function requestBody(route: Verb): object | null {
  const shape = fieldsOf(route);
  if (!route.body && Object.keys(shape).length === 0) return null;
  const defaults = Object.keys(route.defaults ?? {});
  const fields = Object.entries(shape).map(([name, each]) => [name, defaults.includes(name) ? z.optional(each) : each]);
  const schema = route.body ?? z.strictObject(Object.fromEntries(fields));
  const described = jsonSchemaOf(schema) as JsonSchema;
  const { required = [], properties = {} } = described;
  const least = Object.fromEntries(required.map((name) => [name, exampleOf(properties[name] ?? {}, name)]));
  const example = { ...least, ...route.defaults, ...route.example };
  return { required: required.length > 0, content: { "application/json": { schema: described, example } } };
}
