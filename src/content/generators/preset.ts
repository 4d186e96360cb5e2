/** Makes one preset from another. */

import type { Overrides, Preset } from "#core/posts/preset.ts";

/** `base` with changes: mappings key by key, everything else replaced. */
export function override(base: Preset, changes: Overrides): Preset {
  return {
    ...base,
    ...changes,
    keys: { ...base.keys, ...changes.keys },
    syntax: { ...base.syntax, ...changes.syntax },
    handlers: { ...base.handlers, ...changes.handlers },
    variables: { ...base.variables, ...changes.variables },
    tokens: { ...base.tokens, ...changes.tokens },
    permalinkStyles: { ...base.permalinkStyles, ...changes.permalinkStyles },
    assets: { ...base.assets, ...changes.assets },
  };
}
