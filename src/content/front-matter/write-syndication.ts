/** Writes the addresses of a post's copies into its file. */

import { readFile, realpath } from "node:fs/promises";
import { PostriderError } from "#core/errors.ts";
import { replaceAtomic } from "#files/write-atomic.ts";
import { decode } from "./source.ts";
import { appliedAsWritten, syndicationEdit } from "./syndication.ts";

/** If the author saves at the same moment, their version is kept and read again. */
const mostTries = 3;

/** See `Content.syndicate`. @throws PostriderError, and the system's error where the file can't be written */
export async function writeSyndication(
  path: string,
  links: readonly string[],
  former: readonly string[],
): Promise<void> {
  // A symbolic link is followed, so that the file is replaced and not the link.
  const file = await realpath(path).catch((cause: unknown) => {
    throw new PostriderError("not_found", "The post's file no longer exists", { file: path, cause });
  });
  for (let tries = 0; tries < mostTries; tries++) {
    const bytes = await readFile(file);
    const source = decode(bytes);
    const edit = "problem" in source ? "strange" : syndicationEdit(source.text, links, former);
    if (edit === null) return;
    if (edit === "strange")
      throw new PostriderError("invalid", "The list can't be added without changing other parts of the front matter", {
        file: path,
        hint: `Add it to the front matter yourself: syndication: [${links.join(", ")}]`,
      });
    if (await replaceAtomic(file, bytes, Buffer.from(appliedAsWritten(bytes.toString("utf8"), edit)))) return;
  }
  throw new PostriderError("conflict", "The post's file keeps changing", { file: path });
}
