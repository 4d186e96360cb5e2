/** Who calls the API. */

import { permissions } from "#core/people/permission.ts";
import type { Actor } from "#desk/act.ts";

/** Whoever has the token of the site. */
export const caller: Actor = { name: "api", door: "token", permissions, isLocal: false };

/** The reason of an act, if the caller gives none. */
export const defaultReason = "through the API";
