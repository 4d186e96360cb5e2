/** Our own SMTP server for development: stores every email as a file, with a page to read them. */

import { readdir } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { messageOf } from "#core/errors.ts";
import { makeFolder } from "#files/make-folder.ts";
import { privateFolderMode } from "#files/private.ts";
import { writePrivate } from "#files/write-atomic.ts";
import { inboxPage, mailPage, readMail } from "./inbox-page.ts";

export interface Inbox extends AsyncDisposable {
  port: number;
  /** The page to open in a browser. It is complete after the inbox is closed. */
  page: string;
}

/** Listens only on this machine, on a free port. @throws the system's error if the folder can't be used. */
export async function openInbox(dir: string): Promise<Inbox> {
  makeFolder(dir, privateFolderMode);
  let last = Math.max(0, ...(await mailFiles(dir)).map((file) => Number.parseInt(file, 10)));
  const server = new SMTPServer({
    logger: false,
    disabledCommands: ["AUTH", "STARTTLS"],
    onData(stream, session, done) {
      const recipient = session.envelope.rcptTo[0]?.address ?? "nobody";
      const name = `${String(++last).padStart(4, "0")}-${recipient.replace(/[^a-z0-9.@+-]+/gi, "_").slice(0, 80)}`;
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      // The connection was lost in the middle, so nothing was accepted.
      stream.once("error", done);
      stream.once("end", () => {
        // It accepts an email only after it is on the disk.
        writePrivate(join(dir, `${name}.eml`), Buffer.concat(chunks)).then(
          () => done(null, `stored as ${name}.eml`),
          (error: unknown) =>
            done(Object.assign(new Error(`4.3.1 not stored: ${messageOf(error)}`), { responseCode: 452 })),
        );
      });
    },
  });
  // A lost connection of a client needs no action here.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    page: join(dir, "index.html"),
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(resolve));
      await writePages(dir);
    },
  };
}

async function mailFiles(dir: string): Promise<string[]> {
  return (await readdir(dir)).filter((file) => /^\d+-.*\.eml$/.test(file)).sort();
}

/** Writes a page for each new email, and the list of all. */
async function writePages(dir: string): Promise<void> {
  const files = await mailFiles(dir);
  const present = new Set(await readdir(dir));
  const mails = [];
  for (const file of files) {
    const mail = await readMail(join(dir, file));
    const page = file.replace(/\.eml$/, ".html");
    if (!present.has(page)) await writePrivate(join(dir, page), mailPage(mail));
    mails.push({ ...mail, file, page });
  }
  await writePrivate(join(dir, "index.html"), inboxPage(mails));
}
