/** The JSON Schema of `postrider.yaml`, for editors: all keys, their meaning, and the settings of each adapter. */

import { z } from "zod";
import { approvalKey } from "#config/site/approval.ts";
import { sendingSettings } from "#config/values/sending.ts";
import { timingKeys } from "#config/values/timing.ts";
import type { Adapter } from "#core/adapter.ts";
import { noteStyle } from "./note-style.ts";
import { siteFile } from "./site-file.ts";

type Json = Record<string, unknown>;

/** JSON Schema (2020-12). */
export function siteJsonSchema(adapters: Iterable<Adapter>): unknown {
  const { $schema, properties, ...rest } = jsonOf(siteFile);
  const { channels, ...others } = properties as Record<string, Json>;
  const each = channels?.["additionalProperties"] as Json;
  const known = [...adapters];
  const adapter = {
    ...(each["properties"] as Record<string, Json>)["adapter"],
    anyOf: [{ enum: known.map(({ name }) => name) }, { pattern: "[./\\\\]" }],
  };
  const channel = {
    type: "object",
    properties: { adapter },
    required: ["adapter"],
    allOf: known.map((one) => ({
      if: { properties: { adapter: { const: one.name } } },
      // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
      then: settingsOf(one),
    })),
  };
  const title = "The configuration of Postrider";
  return {
    $schema,
    title,
    properties: { ...others, channels: { ...channels, additionalProperties: channel } },
    ...rest,
  };
}

function settingsOf({ name, medium, config }: Adapter): Json {
  const common = {
    email: z.object({ ...sendingSettings, ...timingKeys.email, ...approvalKey.shape }),
    note: z.object({ ...noteStyle.shape, ...timingKeys.note, ...approvalKey.shape }),
    feed: approvalKey,
  }[medium];
  const { properties } = jsonOf(common);
  return withProperties(jsonOf(config as unknown as z.ZodType), {
    adapter: { const: name },
    ...(properties as Json),
  });
}

/** Adds the properties to each form that the settings may have. */
function withProperties({ $schema: _, properties, anyOf, ...rest }: Json, more: Json): Json {
  if (!anyOf) return { ...rest, properties: { ...(properties as Json), ...more } };
  return { ...rest, anyOf: (anyOf as Json[]).map((form) => withProperties(form, more)) };
}

/** The schema of the written values, before defaults are set and words become numbers. */
function jsonOf(schema: z.ZodType): Json {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any", override: withVariables }) as Json;
}

/** Any text may come from the environment, as `${NAME}`. Its form can only be checked when the file is read. */
function withVariables({ jsonSchema }: { jsonSchema: Json }): void {
  if (jsonSchema["type"] !== "string") return;
  for (const key of ["format", "pattern", "minLength", "maxLength", "allOf"]) delete jsonSchema[key];
}
