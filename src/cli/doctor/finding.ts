/** One result of `doctor`. */

import { messageOf, PostriderError } from "#core/errors.ts";

/** `unknown`: it could not be checked here, for instance because DNS does not answer. */
export interface Finding {
  about: string;
  state: "ok" | "wrong" | "unknown";
  message: string;
}

/** An error in words, with what to do about it. */
export function sentence(error: unknown): string {
  if (!(error instanceof PostriderError)) return messageOf(error);
  return [error.located, error.hint].filter(Boolean).join(" ");
}
