/** Reads the posts that an actor names. */

import type { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import type { Reading } from "#core/posts/content.ts";
import type { Actor, Shown } from "../act.ts";
import type { refused } from "../answers/common.ts";
import type { ReadPorts } from "../ports.ts";

/** On this machine the name is a file; elsewhere it is a post of the site. @throws PostriderError `not_found` */
export function readNamed(name: string, { isLocal }: Actor, { readFile, readPost }: ReadPorts): Promise<Reading> {
  return isLocal ? readFile(name) : readPost(name);
}

function hasErrors({ post, diagnostics }: Reading): boolean {
  return post === null || diagnostics.some(({ severity }) => severity === "error");
}

/** @param name - the name in the request. The error shows this name and not the path. @throws PostriderError `invalid` */
export function refuseHeld({ post, diagnostics }: Reading, name: string): never {
  const error = diagnostics.find(({ severity }) => severity === "error");
  const why = error?.message ?? (post?.status === "draft" ? "it is a draft" : "it can't be read");
  throw new PostriderError("invalid", `The post "${name}" is held back: ${why}`);
}

/** Whether the post must not be published. */
export function isRefused(reading: Reading): boolean {
  return hasErrors(reading) || reading.post?.status === "draft";
}

/** The posts that are not published, with the reasons. */
export function refusedDocuments(readings: readonly Reading[], placeOf: Shown["placeOf"]): z.input<typeof refused> {
  return readings
    .filter(isRefused)
    .map(({ path, post, diagnostics }) => ({ path: placeOf(path), status: post?.status ?? "held", diagnostics }));
}
