/** Writes posts to files, for networks where no account is configured yet. */

import { rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import type { Adapter, Envelope, Transport } from "#core/adapter.ts";
import type { Receipt } from "#core/sending/delivery.ts";
import { privateFolderMode } from "#files/private.ts";
import { writePrivate } from "#files/write-atomic.ts";
import { checkFolder } from "./files/check-folder.ts";
import { fileFailure } from "./files/failure.ts";

const config = z.strictObject({
  /** Folder that receives a `.txt` to paste and a `.json` with everything, for each post. */
  dir: z.string().min(1),
});

const outbox: Adapter<"note", z.infer<typeof config>> = {
  name: "outbox",
  medium: "note",
  config,
  // The same key is the same file.
  traits: { idempotent: true, maxLength: 500, threads: true, warnings: true },
  async open(settings, tools): Promise<Transport<"note">> {
    const dir = resolve(tools.baseDir, settings.dir);
    const write = async (envelope: Envelope<"note">): Promise<Receipt> => {
      const path = join(dir, fileName(envelope));
      const { text, thread, title, url, language, summary, tags, image, card, contentWarning } = envelope.rendition;
      const about = { title, url, language, summary, tags, image, card, contentWarning };
      const record = { key: envelope.key, channel: tools.channel, text, thread, ...about };
      try {
        await writePrivate(`${path}.json`, `${JSON.stringify(record, null, 2)}\n`);
        await writePrivate(`${path}.txt`, `${[text, ...thread].join("\n\n")}\n`);
      } catch (error) {
        throw fileFailure(error, dir);
      }
      return { remoteId: envelope.key.slice(0, 12), url: `${path}.txt` };
    };
    return {
      send: write,
      update: (_receipt, envelope) => write(envelope),
      async retract({ url = "" }) {
        // Only what lies in our own folder, whatever a receipt says.
        const path = join(dir, basename(url, ".txt"));
        await Promise.all([`${path}.txt`, `${path}.json`].map((file) => rm(file, { force: true })));
      },
      check: () => checkFolder(dir, privateFolderMode),
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default outbox;

/** Readable, and never two posts' the same. */
function fileName({ key, publishedAt, rendition }: Envelope<"note">): string {
  const slug = rendition.postId
    .replace(/\.\w+$/, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(-60);
  return `${publishedAt.toISOString().slice(0, 10)}-${slug || "post"}-${key.slice(0, 8)}`;
}
