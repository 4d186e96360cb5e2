/** The log for operators. */

/** Facts are structured values without secrets. Addresses and tokens in error messages are removed. */
export interface Log {
  debug(message: string, facts?: Record<string, unknown>): void;
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
  error(message: string, facts?: Record<string, unknown>): void;
}

/** In order of severity; `silent` shows nothing. */
export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

const address = /[^\s<>()[\]{}"',;:/=]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** The form of `signToken`: a JSON array of texts, an expiry time, and a signature of 22 characters. */
const token = /Wy[IJKL][\w-]*(?:\.[\da-z]{5,9})?\.[\w-]{22}(?![\w-])/g;

/** Removes email addresses and personal links from a text before it is logged. */
export function withoutPersonal(text: string): string {
  return text.replace(token, "(token)").replace(address, "(address)");
}
