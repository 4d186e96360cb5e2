/** Writes a feed as files, for sites that publish their own files, and for feed readers. */

import { rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import type { Adapter, Envelope, Transport } from "#core/adapter.ts";
import type { FeedChange, FeedSettings } from "#core/feed.ts";
import type { Receipt } from "#core/sending/delivery.ts";
import { writeAtomic } from "#files/write-atomic.ts";
import { checkFolder } from "./files/check-folder.ts";
import { fileFailure } from "./files/failure.ts";
import { httpAddress } from "./http/address.ts";

const config = z.strictObject({
  /** Folder that the documents are written to. */
  out: z.string().min(1),
  /** Name of the RSS document; `atom.xml` and `feed.json` stand beside it. */
  file: z
    .string()
    .regex(/^[\w.-]+$/, "expected a file name of letters, digits, dots and dashes")
    .default("feed.xml"),
  formats: z
    .array(z.enum(["rss", "atom", "json"]))
    .min(1)
    .default(["rss", "atom", "json"]),
  /** The newest items that a document holds. */
  limit: z.int().min(1).max(10_000).default(20),
  /** A feed for each tag: `tags/<tag>/feed.xml`. */
  tags: z.boolean().default(true),
  /** A feed for each author: `authors/<name>/feed.xml`. */
  authors: z.boolean().default(false),
  /** Everything older in `archive/<n>.xml` (RFC 5005). */
  archive: z.boolean().default(false),
  /** Shows below each item where else the post stands. */
  syndication: z.boolean().default(false),
  /** Where the folder is served. Default: `server.url`, else the site's address. */
  url: httpAddress.optional(),
  /** WebSub hub to tell of changes. */
  hub: httpAddress.optional(),
});
type Config = z.infer<typeof config>;

const rss: Adapter<"feed", Config> = {
  name: "rss",
  medium: "feed",
  config,
  // Items are stored by post: putting the same one twice changes nothing.
  traits: { idempotent: true },
  async open({ out, url, hub, syndication, ...rest }, tools): Promise<Transport<"feed">> {
    const dir = resolve(tools.baseDir, out);
    const settings: FeedSettings = {
      ...rest,
      baseUrl: (url ?? tools.publicUrl).replace(/\/+$/, ""),
      ...(hub && { hub }),
    };
    const publish = async ({ written, gone }: FeedChange): Promise<void> => {
      // Who serves the folder takes `Last-Modified` from the files: it then goes up with the bytes, and is the same on every machine.
      for (const { path, body, changedAt } of written) await writeAtomic(join(dir, path), body, changedAt);
      for (const path of gone) await remove(dir, path);
    };
    const put = async ({ rendition }: Envelope<"feed">, change: "send" | "edit"): Promise<Receipt> => {
      try {
        const { guid } = await tools.feed.put(rendition, change, settings, publish);
        return { remoteId: guid, url: join(dir, settings.formats.includes("rss") ? settings.file : "") };
      } catch (error) {
        throw fileFailure(error, dir);
      }
    };
    return {
      send: (envelope) => put(envelope, "send"),
      update: (_receipt, envelope) => put(envelope, "edit"),
      ...(syndication && {
        async showCopies(postId: string, links: readonly string[]) {
          try {
            return await tools.feed.setCopies(postId, links, settings, publish);
          } catch (error) {
            throw fileFailure(error, dir);
          }
        },
      }),
      async rebuild(renditions) {
        const paths: string[] = [];
        await tools.feed.rebuild(renditions, settings, async (change) => {
          await publish(change);
          paths.push(...change.written.map(({ path }) => join(dir, path)));
        });
        return paths;
      },
      check: () => checkFolder(dir),
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default rss;

/** With the folders that this leaves empty. */
async function remove(dir: string, path: string): Promise<void> {
  await rm(join(dir, path), { force: true });
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder))
    if (
      !(await rmdir(join(dir, folder)).then(
        () => true,
        () => false,
      ))
    )
      return;
}
