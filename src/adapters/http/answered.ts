/** Reads the JSON answer of a network that has accepted a post, and checks its shape. */

import type { z } from "zod";
import { DeliveryError } from "#core/sending/delivery.ts";

/** @throws DeliveryError `uncertain`: a 2xx came, but not from what we think we speak to. */
export function answered<T>(schema: z.ZodType<T>, text: string, network: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new DeliveryError({
    kind: "uncertain",
    scope: "recipient",
    code: "strange-answer",
    message: `${network} sent an answer that its API does not document. The post may have been accepted: check there.`,
  });
}
