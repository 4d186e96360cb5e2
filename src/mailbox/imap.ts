/** Reads a mailbox by IMAP. Messages that are not recognised are marked as read and skipped later. */

import { ImapFlow } from "imapflow";
import { type MailboxRun, mostBytes, mostInARun, patienceMs, type Take } from "./run.ts";

/** @throws errors of the server and the connection */
export async function readImap(url: URL, folder: string, take: Take, signal: AbortSignal): Promise<MailboxRun> {
  const client = clientFor(url);
  const close = (): void => client.close();
  signal.addEventListener("abort", close);
  // A broken connection also fails the pending call, so nothing is lost here.
  client.on("error", () => undefined);
  try {
    await client.connect();
    const lock = await client.getMailboxLock(folder);
    try {
      return await readAll(client, take, signal);
    } finally {
      lock.release();
    }
  } finally {
    signal.removeEventListener("abort", close);
    await client.logout().catch(close);
  }
}

async function readAll(client: ImapFlow, take: Take, signal: AbortSignal): Promise<MailboxRun> {
  const unseen = (await client.search({ seen: false }, { uid: true })) || [];
  const run: MailboxRun = { taken: 0, left: 0, more: unseen.length > mostInARun };
  for (const uid of unseen.slice(0, mostInARun)) {
    if (signal.aborted) return { ...run, more: true };
    const message = await client.fetchOne(uid, { source: { maxLength: mostBytes } }, { uid: true });
    const source = message ? message.source : undefined;
    // Another program has removed it in the meantime.
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

function clientFor({ protocol, hostname, port, username, password }: URL): ImapFlow {
  const secure = protocol === "imaps:";
  return new ImapFlow({
    ...{ host: hostname, port: port ? Number(port) : secure ? 993 : 143, secure },
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    connectionTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableAutoIdle: true,
    // A password is only sent unencrypted to this machine.
    ...(!secure && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) && { doSTARTTLS: true }),
  });
}
