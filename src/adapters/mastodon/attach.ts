/** Attaches a post's picture, with as much of its description as the server allows. */

import type { Tools } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { fetchPicture, isPictureRefused } from "../http/picture.ts";
import type { Api } from "./api.ts";
import { usualAltLength } from "./limits.ts";
import { type Upload, upload } from "./upload.ts";

const mostPictureBytes = 16 * 1024 * 1024;

/** The attachment's id. A picture that can't be had or that the server doesn't want is missing from the post. */
export async function attachPicture(
  { image }: NoteRendition,
  focus: Upload["focus"],
  api: Api,
  { fetch, clock, log }: Pick<Tools, "fetch" | "clock" | "log">,
  signal: AbortSignal,
): Promise<string[]> {
  if (!image) return [];
  const without = (error: unknown): null => {
    log.warn(`The post is sent without its picture: ${messageOf(error)}`, { picture: image.url });
    return null;
  };
  const fetched = await fetchPicture(fetch, image.url, mostPictureBytes, signal).catch(without);
  if (!fetched) return [];
  const { altLength = usualAltLength } = await api.limits(signal);
  const description = [...image.alt].slice(0, altLength).join("");
  const id = await upload({ picture: fetched, description, focus }, api.call, clock, signal).catch((error: unknown) => {
    if (isPictureRefused(error)) return without(error);
    throw error;
  });
  return id === null ? [] : [id];
}
