/** Counts the readers that an expression selects, and reports attributes that no reader has. */

import { z } from "zod";
import { attributesOf, parseSegment } from "#core/readers/segment.ts";
import type { SubscriberBook } from "#core/readers/subscriber-book.ts";
import { suggestion } from "#core/spelling.ts";
import { type Actor, act, anyLimits } from "../act.ts";
import { segmentAnswer } from "../answers/reader.ts";
import { requireOwnList } from "../limits.ts";
import type { DeskPorts } from "../ports.ts";
import { type ListPorts, requireList } from "./known-list.ts";

export interface SegmentAnswer {
  list: string;
  expression: string;
  /** Readers who would get an email. */
  readers: number;
  /** Selected readers who are suppressed. */
  suppressed: number;
  /** All readers of the list who get email. */
  of: number;
  warnings: string[];
}

/** The expression of a segment in the configuration; any other text is an expression itself. */
export function expressionOf(segment: string, { segments }: Pick<DeskPorts, "segments">): string {
  return (Object.hasOwn(segments, segment) ? segments[segment] : undefined) ?? segment;
}

export const countSegment = act({
  name: "segments.count",
  looks: true,
  /** @param segment - an expression, or the name of one in the configuration. */
  asks: z.strictObject({ segment: z.string().min(1), list: z.string().min(1) }),
  needs: "readers",
  within: anyLimits,
  answers: segmentAnswer,
  async run(
    { segment, list },
    actor: Actor,
    ports: ListPorts & Pick<DeskPorts, "ledger" | "segments">,
  ): Promise<SegmentAnswer> {
    requireOwnList(actor, list);
    const expression = expressionOf(segment, ports);
    await requireList(list, ports);
    const warnings = await segmentWarnings(expression, ports.subscribers);
    const everybody = { name: list, adapter: "", medium: "email" as const, list, config: {} };
    const all = await ports.ledger.audienceOf(everybody);
    const some = await ports.ledger.audienceOf({ ...everybody, sending: { segment: expression } });
    return { list, expression, readers: some.pending, suppressed: some.suppressed, of: all.pending, warnings };
  },
  document: (answer) => answer,
});

/**
 * An attribute that no reader has is probably misspelt, and its segment would be empty without a warning. Returns one
 * sentence for each.
 * @throws PostriderError `invalid` for an invalid segment
 */
export async function segmentWarnings(
  expression: string,
  subscribers: Pick<SubscriberBook, "missingAttributes">,
): Promise<string[]> {
  const names = attributesOf(parseSegment(expression));
  if (names.length === 0) return [];
  const { missing, known } = await subscribers.missingAttributes(names);
  return missing.map((name) => {
    const nearest = suggestion(name, known);
    return `No reader has the attribute "${name}"${nearest && `; ${nearest}`}`;
  });
}
