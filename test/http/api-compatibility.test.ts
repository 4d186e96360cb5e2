/** Programs that were written for the last released API still work. */

import { describe, expect, it } from "vitest";
import { breakingChanges, type Description, type Schema } from "../api-client/breaking-changes.ts";
import { describedNow, released } from "../api-client/release.ts";

/** An API with one operation. */
function api(parts: {
  query?: Schema;
  isRequired?: boolean;
  body?: Schema;
  answer?: Schema;
  status?: string;
}): Description {
  const { query = { type: "string" }, isRequired = false, body, answer = { type: "object" }, status = "200" } = parts;
  return {
    paths: {
      "/things": {
        post: {
          parameters: [{ name: "q", in: "query", required: isRequired, schema: query }],
          ...(body && { requestBody: { content: { "application/json": { schema: body } } } }),
          responses: { [status]: { content: { "application/json": { schema: answer } } }, 400: {} },
        },
      },
    },
  };
}

function object(properties: Record<string, Schema>, required = Object.keys(properties)): Schema {
  return { type: "object", properties, required, additionalProperties: false };
}

const text: Schema = { type: "string" };
const words: Schema = { type: "string", enum: ["a", "b"] };

describe("The comparison of two descriptions", () => {
  it.each<[string, Description, Description, string]>([
    ["an operation that is gone", api({}), { paths: {} }, "POST /things is gone"],
    ["a parameter that is required", api({}), api({ isRequired: true }), "parameter q is required now"],
    ["a parameter of another type", api({}), api({ query: { type: "integer" } }), "q was string, is now integer"],
    [
      "a value that is not allowed any more",
      api({ query: words }),
      api({ query: { ...words, enum: ["a"] } }),
      "does not allow b any more",
    ],
    ["values in place of any text", api({}), api({ query: words }), "does not allow other values any more"],
    ["a shorter text", api({}), api({ query: { ...text, maxLength: 3 } }), "q has a stricter maxLength"],
    [
      "a greater minimum",
      api({ query: { type: "integer", minimum: 0 } }),
      api({ query: { type: "integer", minimum: 1 } }),
      "stricter minimum",
    ],
    ["another pattern", api({}), api({ query: { ...text, pattern: "^x" } }), "q has a stricter pattern"],
    [
      "a field of the body that is gone",
      api({ body: object({ a: text }, []) }),
      api({ body: object({}) }),
      "body.a is gone",
    ],
    [
      "a field of the body that is required",
      api({ body: object({ a: text }, []) }),
      api({ body: object({ a: text }) }),
      "body.a is required now",
    ],
    ["a body that is gone", api({ body: object({}) }), api({}), "body is gone"],
    ["an answer with another status", api({}), api({ status: "202" }), "answer 200 is gone"],
    [
      "a field of the answer that is gone",
      api({ answer: object({ a: text }) }),
      api({ answer: object({}) }),
      "answer 200.a is gone",
    ],
    [
      "a field of the answer that can be absent",
      api({ answer: object({ a: text }) }),
      api({ answer: object({ a: text }, []) }),
      "answer 200.a can be absent now",
    ],
    [
      "a field of the answer that can be null",
      api({ answer: object({ a: text }) }),
      api({ answer: object({ a: { type: ["string", "null"] } }) }),
      "a was string, is now string or null",
    ],
    [
      "a field deep in a list",
      api({ answer: { type: "array", items: object({ a: text }) } }),
      api({ answer: { type: "array", items: object({ a: { type: "number" } }) } }),
      "answer 200[].a was string, is now number",
    ],
    [
      "a new form of the answer",
      api({ answer: text }),
      api({ answer: { anyOf: [text, { type: "null" }] } }),
      "answer 200 has a new form",
    ],
    [
      "a form of a request that is gone",
      api({ query: { anyOf: [text, { type: "null" }] } }),
      api({ query: text }),
      "does not allow a form any more",
    ],
  ])("finds %s", (_, before, now, sentence) => {
    expect(breakingChanges(before, before)).toEqual([]);
    expect(breakingChanges(before, now)).toEqual([expect.stringContaining(sentence)]);
  });

  it.each<[string, Description, Description]>([
    ["a new operation", { paths: {} }, api({})],
    ["a parameter that need not be given any more", api({ isRequired: true }), api({})],
    [
      "new values in a request and in an answer",
      api({ query: words, answer: words }),
      api({ query: { ...words, enum: ["a", "b", "c"] }, answer: { ...words, enum: ["a", "b", "c"] } }),
    ],
    [
      "new fields",
      api({ body: object({}), answer: object({}) }),
      api({ body: object({ a: text }, []), answer: object({ a: text }) }),
    ],
    ["a longer text", api({ query: { ...text, maxLength: 3 } }), api({ query: { ...text, maxLength: 4 } })],
    [
      "whole numbers in place of numbers in an answer",
      api({ answer: { type: "number" } }),
      api({ answer: { type: "integer" } }),
    ],
    ["one form of the answer less", api({ answer: { anyOf: [text, { type: "null" }] } }), api({ answer: text })],
  ])("allows %s", (_, before, now) => {
    expect(breakingChanges(before, now)).toEqual([]);
  });
});

it("breaks nothing that the last release had", () => {
  expect(Object.keys(released().paths).length).toBeGreaterThan(50);
  expect(breakingChanges(released(), describedNow())).toEqual([]);
});
