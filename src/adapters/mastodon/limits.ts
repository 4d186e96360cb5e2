/** Asks a server how long a status and the description of a picture may be. */

import { z } from "zod";
import type { NoteLimits } from "#core/adapter.ts";
import { type Call, isUnknown } from "./call.ts";
import { usualUrlLength } from "./measure.ts";

/** Each by itself: a server that says one thing strangely may say another well. */
const positive = z.coerce.number().int().positive().optional().catch(undefined);
const statuses = z.object({ max_characters: positive, characters_reserved_per_url: positive });
const instance = z.object({
  configuration: z
    .object({
      statuses: statuses.optional().catch(undefined),
      media_attachments: z.object({ description_limit: positive }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  /** Pleroma, Akkoma and older forks say it here. */
  max_toot_chars: positive,
  description_limit: positive,
});
type Instance = z.infer<typeof instance>;

export const usualLength = 500;
export const usualAltLength = 1500;

/** @throws DeliveryError */
export async function limitsOf(call: Call, signal: AbortSignal): Promise<NoteLimits> {
  // Servers with other software may know only the first version, or say it only there.
  const now = await about("v2", call, signal);
  const known = now?.configuration?.statuses?.max_characters ? now : ((await about("v1", call, signal)) ?? now);
  const { statuses: texts, media_attachments: media } = known?.configuration ?? {};
  return {
    maxLength: texts?.max_characters ?? known?.max_toot_chars ?? usualLength,
    urlLength: texts?.characters_reserved_per_url ?? usualUrlLength,
    altLength: media?.description_limit ?? known?.description_limit ?? usualAltLength,
  };
}

/** What the server says of itself; `null` where it doesn't know the question. */
async function about(version: "v1" | "v2", call: Call, signal: AbortSignal): Promise<Instance | null> {
  try {
    const { text } = await call("GET", `/api/${version}/instance`, signal);
    return instance.safeParse(parsed(text)).data ?? null;
  } catch (error) {
    if (isUnknown(error)) return null;
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
