/** Stores a post's picture on the homeserver. */

import type { Tools } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { fetchPicture, isPictureRefused } from "../http/picture.ts";
import type { StoredPicture } from "./message.ts";
import type { Session } from "./session.ts";

const mostPictureBytes = 10 * 1024 * 1024;
/** Characters of a description that become the name of the file: there is no other place for it. */
const mostName = 100;

/** None behind a warning: clients hide text, but no pictures. One that can't be had or isn't taken is missing. */
export async function storePicture(
  { image, contentWarning }: NoteRendition,
  upload: Session["upload"],
  { fetch, log }: Pick<Tools, "fetch" | "log">,
  signal: AbortSignal,
): Promise<StoredPicture | null> {
  if (!image || contentWarning) return null;
  const without = (error: unknown): null => {
    log.warn(`The post is sent without its picture: ${messageOf(error)}`, { picture: image.url });
    return null;
  };
  const fetched = await fetchPicture(fetch, image.url, mostPictureBytes, signal).catch(without);
  if (!fetched) return null;
  const name = [...image.alt.replace(/[/\\]/g, " ")].slice(0, mostName).join("") || "picture";
  const fileName = `${name}.${fetched.type.split("/")[1]}`;
  const info = { mimetype: fetched.type, size: fetched.bytes.length };
  return upload(fetched, fileName, signal).then(
    (url) => ({ url, fileName, info }),
    (error: unknown) => {
      if (isPictureRefused(error)) return without(error);
      throw error;
    },
  );
}
