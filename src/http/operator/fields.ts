/** The parameter `fields` of lists: only these fields of each item. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";

const fields = z.string().min(1).max(1_000).optional().describe("Only these fields of each item, separated by commas");

export function withFields(shape: z.core.$ZodShape): z.core.$ZodShape {
  return { ...shape, fields };
}

/** @param answers - the schema of the page. @throws PostriderError `invalid` for an unknown field */
export function pickFields(page: unknown, wanted: unknown, answers: z.ZodType): unknown {
  if (typeof wanted !== "string") return page;
  const known = itemFields(answers);
  const names = wanted.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new PostriderError("invalid", `fields: there is no field "${unknown}"`, {
      hint: `The fields are: ${known.join(", ")}.`,
    });
  const { items, ...rest } = page as { items: Record<string, unknown>[] };
  return { items: items.map((item) => Object.fromEntries(names.map((name) => [name, item[name]]))), ...rest };
}

function itemFields(answers: z.ZodType): string[] {
  const items = answers instanceof z.ZodObject ? answers.shape["items"] : undefined;
  const item = items instanceof z.ZodArray ? items.element : undefined;
  return item instanceof z.ZodObject ? Object.keys(item.shape) : [];
}
