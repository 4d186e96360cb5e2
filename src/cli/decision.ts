/** `--new` and `--same-as`: what an operator decides of a file that may be an earlier post under another name. */

import { UsageError } from "#core/errors.ts";

export const decisionHelp = {
  new: "where the file may be a renamed post: it is a new post",
  sameAs: "where the file may be a renamed post: it is this one (a file, an id or an address)",
};

/** @throws UsageError */
export function refuseUnclear(
  { new: isNew, sameAs }: { new?: boolean; sameAs?: string },
  paths: readonly string[],
): void {
  if (isNew && sameAs !== undefined) throw new UsageError("--new and --same-as exclude each other");
  if ((isNew || sameAs !== undefined) && paths.length !== 1)
    throw new UsageError(`${isNew ? "--new" : "--same-as"} decides about one post`, { hint: "Name exactly one file." });
}
