/** An account's repository, where its posts are records (https://atproto.com/specs/repository). */

import { z } from "zod";
import { DeliveryError } from "#core/sending/delivery.ts";
import { answered } from "../http/answered.ts";
import type { Picture } from "../http/picture.ts";
import type { Blob, StrongRef } from "./post.ts";
import type { Session } from "./session.ts";

const collection = "app.bsky.feed.post";

const written = z.object({ uri: z.string().startsWith("at://"), cid: z.string() });
const uploaded = z.object({
  blob: z.object({
    $type: z.literal("blob"),
    ref: z.object({ $link: z.string() }),
    mimeType: z.string(),
    size: z.int(),
  }),
});
const resolved = z.object({ did: z.string().startsWith("did:") });

/** All methods throw `DeliveryError`. */
export interface Repository {
  /** Writes a record over what is there. `headers`: of the answer. */
  put(rkey: string, record: object, signal: AbortSignal): Promise<{ ref: StrongRef; headers: Headers }>;
  get(rkey: string, signal: AbortSignal): Promise<StrongRef | null>;
  delete(rkey: string, signal: AbortSignal): Promise<void>;
  upload(picture: Picture, signal: AbortSignal): Promise<Blob>;
  /** A handle's DID; `null` when nobody has it. */
  resolve(handle: string, signal: AbortSignal): Promise<string | null>;
}

export function openRepository(session: Session): Repository {
  return {
    async put(rkey, record, signal) {
      const body = { repo: await session.did(signal), collection, rkey, record };
      const { text, headers } = await session.call({ nsid: "com.atproto.repo.putRecord", body }, signal);
      return { ref: answered(written, text, "Bluesky"), headers };
    },

    async get(rkey, signal) {
      const query = { repo: await session.did(signal), collection, rkey };
      try {
        const { text } = await session.call({ nsid: "com.atproto.repo.getRecord", query }, signal);
        return answered(written, text, "Bluesky");
      } catch (error) {
        if (isRefused(error) && error.message.includes("RecordNotFound")) return null;
        throw error;
      }
    },

    async delete(rkey, signal) {
      const body = { repo: await session.did(signal), collection, rkey };
      await session.call({ nsid: "com.atproto.repo.deleteRecord", body, harmless: true }, signal);
    },

    async upload({ bytes, type }, signal) {
      const call = { nsid: "com.atproto.repo.uploadBlob", body: bytes, type, harmless: true };
      return answered(uploaded, (await session.call(call, signal)).text, "Bluesky").blob;
    },

    async resolve(handle, signal) {
      try {
        const call = { nsid: "com.atproto.identity.resolveHandle", query: { handle } };
        return answered(resolved, (await session.call(call, signal)).text, "Bluesky").did;
      } catch (error) {
        // Nobody has this handle. Anything else may be over in a minute, and the mention is worth the wait.
        if (isRefused(error)) return null;
        throw error;
      }
    },
  };
}

function isRefused(error: unknown): error is DeliveryError {
  return error instanceof DeliveryError && error.failure.status === 400;
}
