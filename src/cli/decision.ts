/** The options `--new` and `--same-as`: the operator decides whether a file is a renamed post or a new one. */

import { UsageError } from "#core/errors.ts";

export const decisionHelp = {
  new: "publish the file as a new post, even if it looks like a renamed one",
  sameAs: "publish the file as this existing post, which was renamed: its old file, id or address",
};

/** @throws UsageError */
export function refuseUnclear(
  { new: isNew, sameAs }: { new?: boolean; sameAs?: string },
  paths: readonly string[],
): void {
  if (isNew && sameAs !== undefined) throw new UsageError("Use either --new or --same-as, not both");
  if ((isNew || sameAs !== undefined) && paths.length !== 1)
    throw new UsageError(`${isNew ? "--new" : "--same-as"} works for one post only`, {
      hint: "Name exactly one file.",
    });
}
