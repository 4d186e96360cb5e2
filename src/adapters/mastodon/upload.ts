/**
 * Uploads a picture with its description, and waits until the server has processed it
 * (https://docs.joinmastodon.org/methods/media).
 */

import { z } from "zod";
import type { Clock } from "#core/clock.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { answered } from "../http/answered.ts";
import type { Picture } from "../http/picture.ts";
import { type Call, isUnknown } from "./call.ts";

export interface Upload {
  picture: Picture;
  /** Already as short as the server wants it. */
  description: string;
  /** What stays visible in a cropped preview: right and up from the middle, -1 to 1. */
  focus?: readonly [number, number] | undefined;
}

const attachment = z.object({ id: z.union([z.string(), z.number().transform(String)]) });
const timeoutMs = 120_000;
const pauseMs = 500;
const mostPauses = 60;

/** The id of the attachment. @throws DeliveryError */
export async function upload(
  { picture, description, focus }: Upload,
  call: Call,
  clock: Clock,
  signal: AbortSignal,
): Promise<string> {
  const form = new FormData();
  form.set("file", new Blob([picture.bytes], { type: picture.type }), `picture.${picture.type.split("/")[1]}`);
  if (description) form.set("description", description);
  if (focus) form.set("focus", focus.join(","));
  const post = (version: "v1" | "v2") =>
    call("POST", `/api/${version}/media`, signal, { body: form, harmless: true, timeoutMs });
  const answer = await post("v2").catch((error: unknown) => {
    if (!isUnknown(error)) throw error;
    return post("v1");
  });
  const { id } = answered(attachment, answer.text, "Mastodon");
  // 202: taken, and not yet looked at. 206: still at it.
  let { status } = answer;
  for (let pauses = 0; status === 202 || status === 206; pauses++) {
    if (pauses === mostPauses) throw slow();
    await clock.sleep(pauseMs);
    ({ status } = await call("GET", `/api/v1/media/${encodeURIComponent(id)}`, signal).catch((error: unknown) => {
      // It can't be asked about; the status will tell.
      if (isUnknown(error)) return { status: 200 };
      throw error;
    }));
  }
  return id;
}

function slow(): DeliveryError {
  const message = `The server was still processing the picture after ${(pauseMs * mostPauses) / 1000} seconds.`;
  return new DeliveryError({ kind: "temporary", scope: "recipient", code: "media-slow", message });
}
