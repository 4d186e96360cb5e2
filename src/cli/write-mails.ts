/** Writes the emails of an edition to files, with the names that `preview` uses. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import { mailPage } from "#desk/jobs/read.ts";
import { makeFolder } from "#files/make-folder.ts";

/** @param mails - by list. With several lists, each gets its own folder. */
export async function writeMails(out: string, mails: ReadonlyMap<string, EmailRendition>): Promise<void> {
  for (const [list, mail] of mails) {
    const dir = mails.size > 1 ? join(out, list) : out;
    const { html, text } = mailPage(mail, mail.url);
    makeFolder(dir);
    await writeFile(join(dir, "email.html"), html);
    await writeFile(join(dir, "email.txt"), text);
  }
}
