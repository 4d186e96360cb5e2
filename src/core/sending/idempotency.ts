/**
 * Keys that prevent sending twice. They are computed from the post, channel and recipient, and not from the text, so
 * that correcting a typo sends nothing again.
 */

import { hash } from "node:crypto";

export interface DeliverySubject {
  channel: string;
  postId: string;
  /** The recipient's keyed hash; empty for a channel with one destination. */
  recipient: string;
  /** 1, and one more for each repost. */
  generation: number;
}

/** 64 hex digits. A delivery always has the same key, on every machine. */
export function deliveryKey(subject: DeliverySubject): string {
  return sha256([subject.channel, subject.postId, subject.recipient, String(subject.generation)].join("\n"));
}

export function sha256(text: string | Uint8Array): string {
  return hash("sha256", text);
}
