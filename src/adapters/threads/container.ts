/** Makes containers: posts that are not published yet (https://developers.facebook.com/docs/threads/posts). */

import { z } from "zod";
import type { Tools } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import type { Call } from "./api.ts";

const mostAltText = 1000;
const pauseMs = 2000;
const mostPauses = 60;

const identified = z.object({ id: z.string().min(1) });
const state = z.object({ status: z.string(), error_message: z.string().optional() });

/**
 * The container's id, once it can be published. A container is a post that nobody sees: making one too many does no
 * harm. @throws DeliveryError
 */
export type MakeContainer = (
  text: string,
  rendition: NoteRendition,
  parent: string | undefined,
  signal: AbortSignal,
) => Promise<string>;

/** @param picture - whether the first post shows the picture in place of a preview of the link. */
export function containerMaker(
  call: Call,
  picture: boolean,
  { clock, log }: Pick<Tools, "clock" | "log">,
): MakeContainer {
  /** Waits until what a container refers to has been fetched. */
  const ready = async (id: string, signal: AbortSignal): Promise<void> => {
    for (let pauses = 0; pauses < mostPauses; pauses++) {
      const query = { fields: "status,error_message" };
      const { status, error_message = status } = await call("GET", `/${id}`, state, query, signal);
      if (status === "FINISHED") return;
      if (status !== "IN_PROGRESS") throw refused(`Threads could not create the post: ${error_message}`.slice(0, 500));
      await clock.sleep(pauseMs);
    }
    throw slow();
  };

  return async (text, { image, url }, parent, signal) => {
    const reply: Record<string, string> = parent ? { reply_to_id: parent } : {};
    const make = async (parameters: Record<string, string>): Promise<string> => {
      const { id } = await call("POST", "/me/threads", identified, { text, ...parameters, ...reply }, signal, true);
      await ready(id, signal);
      return id;
    };
    if (picture && image && !parent) {
      try {
        const alt = [...image.alt].slice(0, mostAltText).join("");
        return await make({ media_type: "IMAGE", image_url: image.url, ...(alt && { alt_text: alt }) });
      } catch (error) {
        if (!isAboutPost(error)) throw error;
        log.warn(`The post is sent without its picture: ${messageOf(error)}`, { picture: image.url });
      }
    }
    return make({ media_type: "TEXT", ...(text.includes(url) && { link_attachment: url }) });
  };
}

/** It was refused for what is in it, and might be taken without its picture. */
function isAboutPost(error: unknown): boolean {
  return error instanceof DeliveryError && error.failure.kind === "permanent" && error.failure.scope !== "channel";
}

function refused(message: string): DeliveryError {
  return new DeliveryError({ kind: "permanent", scope: "recipient", code: "container", message });
}

function slow(): DeliveryError {
  const message = `Threads was still processing the post after ${(pauseMs * mostPauses) / 1000} seconds.`;
  return new DeliveryError({ kind: "temporary", scope: "recipient", code: "container-slow", message });
}
