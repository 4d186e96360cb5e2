/** Checks and previews for those who ask a server or an assistant. */

import type { TryingPorts } from "#desk/posts/trying.ts";
import type { SiteContext } from "../site.ts";
import { openChecks } from "./checks.ts";
import { openPreview } from "./preview.ts";

export function openTrying(site: SiteContext): TryingPorts {
  return { checks: () => openChecks(site), preview: () => openPreview(site) };
}
