/** How a guess about the site's generator is told: as a proposal, with what it stands on. */

import type { Suggestion } from "#app.ts";

/** One line: what was found and what to write where. */
export function suggestionLine({ preset, found }: Suggestion): string {
  const shown = found.slice(0, 3).join(", ");
  return `This looks like ${preset} (${shown}). If it is, write "preset: ${preset}" under content in postrider.yaml.`;
}
