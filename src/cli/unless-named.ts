/** Decides whether a post goes to a channel that was not named: its front matter or its list may exclude it. */

import { leftOutIn, type SiteContext } from "#app.ts";

/** @param names - what `--channels` says: an operator's word wins over that of the post. */
export function unlessNamed(
  site: SiteContext,
  names: readonly string[] | undefined,
): { leftOut?: ReturnType<typeof leftOutIn> } {
  return names ? {} : { leftOut: leftOutIn(site) };
}
