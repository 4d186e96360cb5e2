/** An attribute that no reader has is probably one that was spelt otherwise: its segment would silently be empty. */

import { attributesOf, parseSegment } from "#core/readers/segment.ts";
import type { SubscriberBook } from "#core/readers/subscriber-book.ts";
import { suggestion } from "#core/spelling.ts";

/** A sentence for each. @throws PostriderError `invalid` for what is no segment */
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
