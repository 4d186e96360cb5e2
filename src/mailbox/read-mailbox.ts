/** Reads the mailbox that bounces and wishes to leave come back to. A message goes only once what it says is committed. */

import { ImapFlow } from "imapflow";
import { PostriderError } from "#core/errors.ts";

export interface MailboxSettings {
  /** `imaps://user:password@host`, or `imap://` with STARTTLS where the server offers it. */
  url: string;
  /** Default: INBOX. */
  folder: string;
}

export interface MailboxRun {
  /** Taken in, and deleted there. */
  taken: number;
  /** Not understood: marked as read and left for a person. */
  left: number;
  /** There are more: a run ends after some hundred. */
  more: boolean;
}

const mostInARun = 500;
/** What a bounce says stands at its beginning. Bytes. */
const mostBytes = 2 * 1024 * 1024;
const patienceMs = 60_000;

/**
 * @param take - commits what a message says; `false` when it says nothing. What it throws leaves the message as it was.
 * @throws PostriderError `unavailable`, without the password.
 */
export async function readMailbox(
  { url, folder }: MailboxSettings,
  take: (source: Uint8Array) => Promise<boolean>,
  signal: AbortSignal,
): Promise<MailboxRun> {
  const client = clientFor(url);
  const close = (): void => client.close();
  signal.addEventListener("abort", close);
  // Whatever breaks the connection also fails the call that waits for it.
  client.on("error", () => undefined);
  let ours: unknown;
  const taking = (source: Uint8Array): Promise<boolean> =>
    take(source).catch((error: unknown) => {
      ours = error;
      throw error;
    });
  try {
    await client.connect();
    const lock = await client.getMailboxLock(folder);
    try {
      return await readAll(client, taking, signal);
    } finally {
      lock.release();
    }
  } catch (error) {
    throw error === ours ? error : unreachable(url, error);
  } finally {
    signal.removeEventListener("abort", close);
    await client.logout().catch(close);
  }
}

async function readAll(
  client: ImapFlow,
  take: (source: Uint8Array) => Promise<boolean>,
  signal: AbortSignal,
): Promise<MailboxRun> {
  const unseen = (await client.search({ seen: false }, { uid: true })) || [];
  const run: MailboxRun = { taken: 0, left: 0, more: unseen.length > mostInARun };
  for (const uid of unseen.slice(0, mostInARun)) {
    if (signal.aborted) return { ...run, more: true };
    const message = await client.fetchOne(uid, { source: { maxLength: mostBytes } }, { uid: true });
    const source = message ? message.source : undefined;
    // Somebody else has taken it meanwhile.
    if (!source) continue;
    if (await take(source)) {
      await client.messageDelete(uid, { uid: true });
      run.taken++;
    } else {
      await client.messageFlagsAdd(uid, ["\\Seen"], { uid: true });
      run.left++;
    }
  }
  return run;
}

function clientFor(url: string): ImapFlow {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "imaps:";
  return new ImapFlow({
    ...{ host: hostname, port: port ? Number(port) : secure ? 993 : 143, secure },
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    connectionTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableAutoIdle: true,
    // A password goes in the clear to nobody but this machine.
    ...(!secure && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) && { doSTARTTLS: true }),
  });
}

function unreachable(url: string, cause: unknown): PostriderError {
  const { authenticationFailed, responseText, message } = cause as {
    authenticationFailed?: boolean;
    responseText?: string;
    message?: string;
  };
  const { hostname, password } = new URL(url);
  const said = (responseText ?? message ?? String(cause)).replaceAll(decodeURIComponent(password) || "\n", "…");
  return new PostriderError(
    "unavailable",
    authenticationFailed
      ? `The mailbox at ${hostname} refused the login: ${said}`
      : `The mailbox at ${hostname} can't be read: ${said}`,
    { hint: "Check bounces.mailbox in postrider.yaml." },
  );
}
