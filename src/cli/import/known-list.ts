/**
 * Refuses an unknown list and suggests the nearest name. Otherwise a typing error would create a list that no channel
 * sends to.
 */

import { type App, type SiteContext, siteLists } from "#app.ts";
import { PostriderError } from "#core/errors.ts";
import { suggestion } from "#core/spelling.ts";

/** @throws PostriderError `not_found` for a list that neither the configuration names nor anybody is on */
export async function requireList(site: SiteContext, app: App, list: string): Promise<void> {
  const known = [...new Set([...siteLists(site), ...(await app.subscribers.listNames())])];
  if (known.includes(list)) return;
  const nearest = suggestion(list, known);
  throw new PostriderError("not_found", `There is no list "${list}"${nearest && `; ${nearest}`}`, {
    hint: `${known.length > 0 ? `Lists are ${known.join(", ")}. ` : ""}Use --create-list to make a new one.`,
  });
}
