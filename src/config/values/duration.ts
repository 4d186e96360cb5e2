/** Durations as operators write them. */

import { z } from "zod";

const units: Record<string, number> = { m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** `90m`, `24h`, `7d`, `2w`, in seconds. */
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,4}[mhdw]$/, { error: "expected a duration such as 90m, 24h, 7d or 2w" })
  .transform((text) => Number(text.slice(0, -1)) * (units[text.at(-1) ?? ""] ?? 0));
