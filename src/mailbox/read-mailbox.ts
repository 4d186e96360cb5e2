/** Reads the mailbox for bounces and unsubscribe requests. A message is deleted only after its effect is committed. */

import { PostriderError } from "#core/errors.ts";
import { readImap } from "./imap.ts";
import { readPop } from "./pop.ts";
import type { MailboxRun, Take } from "./run.ts";

export type { MailboxRun };

export interface MailboxSettings {
  /** `imaps://user:password@host`, `imap://` with STARTTLS where the server offers it, `pop3s://`, or `pop3://` on this machine. */
  url: string;
  /** The IMAP folder. Default: INBOX. */
  folder: string;
}

/**
 * @param left - messages that earlier runs did not recognise, for a protocol that can't mark them; new ones are added.
 * @throws PostriderError `unavailable`, without the password; and what `take` throws.
 */
export async function readMailbox(
  { url: address, folder }: MailboxSettings,
  take: Take,
  signal: AbortSignal,
  left = new Set<string>(),
): Promise<MailboxRun> {
  const url = new URL(address);
  let ours: unknown;
  const taking: Take = (source) =>
    take(source).catch((error: unknown) => {
      ours = error;
      throw error;
    });
  try {
    return url.protocol.startsWith("pop3")
      ? await readPop(url, taking, signal, left)
      : await readImap(url, folder, taking, signal);
  } catch (error) {
    throw error === ours ? error : unreachable(url, error);
  }
}

function unreachable({ hostname, password }: URL, cause: unknown): PostriderError {
  const { authenticationFailed, responseText, message } = cause as {
    authenticationFailed?: boolean;
    responseText?: string;
    message?: string;
  };
  const said = (responseText ?? message ?? String(cause)).replaceAll(decodeURIComponent(password) || "\n", "…");
  return new PostriderError(
    "unavailable",
    authenticationFailed
      ? `The mailbox at ${hostname} refused the login: ${said}`
      : `The mailbox at ${hostname} can't be read: ${said}`,
    { hint: "Check bounces.mailbox in postrider.yaml." },
  );
}
