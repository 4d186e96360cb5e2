/** Whether a post goes to a channel of mail that nobody named: the post or its list may say no. */

import { notMailedIn, type SiteContext } from "#app.ts";

/** @param names - what `--channels` says: an operator's word wins over that of the post. */
export function unlessNamed(
  site: SiteContext,
  names: readonly string[] | undefined,
): { notMailed?: ReturnType<typeof notMailedIn> } {
  return names ? {} : { notMailed: notMailedIn(site) };
}
