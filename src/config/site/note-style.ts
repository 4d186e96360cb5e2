/** The settings of every channel of social posts: how their texts are made. */

import { z } from "zod";

/** https://support.google.com/analytics/answer/10917952 and similar parameters of other services. */
const utmName = z.string().regex(/^[a-z][\w-]{0,40}$/i, { error: 'expected a parameter such as "utm_source"' });

export const noteStyle = z.strictObject({
  hashtags: z
    .union([z.int().min(0).max(30), z.literal(false)])
    .optional()
    .describe("The maximum number of hashtags, or false for none. The default depends on the network."),
  tagNames: z
    .record(z.string().toLowerCase(), z.string())
    .optional()
    .describe("The hashtag to use for a tag of a post."),
  thread: z.boolean().optional().describe("Whether a long text continues in replies."),
  writer: z
    .boolean()
    .optional()
    .describe("Whether the configured writer writes the note if the author has not. Default: true."),
  utm: z.record(utmName, z.string().min(1)).optional().describe("Query parameters to add to the permalink."),
});

/** Splits the settings into those that every channel of social posts has and those of the adapter. */
export function splitStyle(settings: Record<string, unknown>): {
  style: Record<string, unknown>;
  own: Record<string, unknown>;
} {
  const entries = Object.entries(settings);
  return {
    style: Object.fromEntries(entries.filter(([key]) => key in noteStyle.shape)),
    own: Object.fromEntries(entries.filter(([key]) => !(key in noteStyle.shape))),
  };
}
