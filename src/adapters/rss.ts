/** A feed as a file: for a site that serves its own files, and for everybody who reads with a feed reader. */

import { access, constants, mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import type { Adapter, Transport } from "#core/adapter.ts";
import { writeAtomic } from "#files/write-atomic.ts";
import { fileFailure } from "./files/failure.ts";
import { httpAddress } from "./http/address.ts";

const config = z.strictObject({
  /** Folder that the file is written to. */
  out: z.string().min(1),
  file: z
    .string()
    .regex(/^[\w.-]+$/, "expected a file name of letters, digits, dots and dashes")
    .default("feed.xml"),
  /** The newest items that it holds. */
  limit: z.int().min(1).max(1000).default(20),
  /** Where the file is served. Default: `server.url`, else the site's, and the file's name. */
  url: httpAddress.optional(),
});
type Config = z.infer<typeof config>;

const rss: Adapter<"feed", Config> = {
  name: "rss",
  medium: "feed",
  config,
  // Items are stored by post: putting the same one twice changes nothing.
  traits: { idempotent: true },
  async open(settings, tools): Promise<Transport<"feed">> {
    const dir = resolve(tools.baseDir, settings.out);
    const file = resolve(dir, settings.file);
    const selfUrl = settings.url ?? `${tools.publicUrl}/${settings.file}`;
    return {
      async send({ rendition }) {
        try {
          const { guid } = await tools.feed.put(rendition, { selfUrl, limit: settings.limit }, async (xml) => {
            await writeAtomic(file, xml);
          });
          return { remoteId: guid, url: file };
        } catch (error) {
          throw fileFailure(error, file);
        }
      },
      async check() {
        try {
          await mkdir(dir, { recursive: true });
          await access(dir, constants.W_OK);
        } catch (error) {
          throw fileFailure(error, dir);
        }
      },
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default rss;
