/** `segments` in `postrider.yaml`: named expressions about readers. */

import { z } from "zod";
import { messageOf } from "#core/errors.ts";
import { parseSegment } from "#core/readers/segment.ts";

/** A valid segment expression. */
export const segmentExpression = z.string().superRefine((expression, context) => {
  try {
    parseSegment(expression);
  } catch (error) {
    context.addIssue({ code: "custom", message: messageOf(error) });
  }
});

export const segmentsSchema = z
  .record(
    z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, {
      error: "a segment's name has small letters, digits and hyphens, and begins with a letter",
    }),
    segmentExpression,
  )
  .prefault({});
