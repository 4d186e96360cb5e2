/** Downloads a post's picture from the site, for networks that need its bytes instead of its address. */

import { DeliveryError } from "#core/sending/delivery.ts";

export interface Picture {
  bytes: Uint8Array<ArrayBuffer>;
  /** Told by its first bytes: what a server calls it is often wrong. */
  type: "image/jpeg" | "image/png" | "image/gif" | "image/webp";
}

/** @throws Error that says why there is none: a post is worth more than its picture, so callers go on without it. */
export async function fetchPicture(
  send: typeof fetch,
  url: string,
  mostBytes: number,
  signal: AbortSignal,
): Promise<Picture> {
  const response = await send(url, {
    headers: { "user-agent": "Postrider", accept: "image/*" },
    signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`its address answered with status ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > mostBytes) throw new Error(`it is larger than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  Buffer.concat(chunks).copy(bytes);
  const type = typeOf(bytes);
  if (!type) throw new Error("it is not a JPEG, PNG, GIF or WebP file");
  return { bytes, type };
}

/** The network doesn't want these bytes: too many of them, or of no kind that it knows. The post can go without. */
export function isPictureRefused(error: unknown): error is DeliveryError {
  return error instanceof DeliveryError && [400, 413, 415, 422].includes(error.failure.status ?? 0);
}

function typeOf(bytes: Uint8Array): Picture["type"] | null {
  const start = Buffer.from(bytes.buffer, 0, Math.min(12, bytes.length)).toString("latin1");
  if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (start.startsWith("\x89PNG\r\n")) return "image/png";
  if (/^GIF8[79]a/.test(start)) return "image/gif";
  return /^RIFF....WEBP/s.test(start) ? "image/webp" : null;
}
