/** Uploads the picture of a post's link card. */

import type { Tools } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { fetchPicture, isPictureRefused } from "../http/picture.ts";
import type { Blob } from "./post.ts";
import type { Repository } from "./repository.ts";

/** Of a card's thumbnail (lexicon `app.bsky.embed.external`). */
const mostBytes = 1_000_000;

/** `null`: the card has none, or none that can be had or that the server wants. */
export async function uploadThumb(
  { card }: NoteRendition,
  repository: Repository,
  { fetch, log }: Pick<Tools, "fetch" | "log">,
  signal: AbortSignal,
): Promise<Blob | null> {
  if (!card.image) return null;
  const without = (error: unknown): null => {
    log.warn(`The link card is posted without its picture: ${messageOf(error)}`, { picture: card.image?.url ?? "" });
    return null;
  };
  const picture = await fetchPicture(fetch, card.image.url, mostBytes, signal).catch(without);
  if (!picture || signal.aborted) return null;
  try {
    return await repository.upload(picture, signal);
  } catch (error) {
    if (isPictureRefused(error)) return without(error);
    throw error;
  }
}
