/** Words a suggestion about the site's generator, with the reason for it. */

import type { Suggestion } from "#app.ts";

/** One line: what was found, and what to write into which file. `chosen` is the preset that `postrider.yaml` has, if there is one. */
export function suggestionLine({ preset, found, permalink, timezone }: Suggestion, chosen?: string): string {
  const shown = found.slice(0, 3).join(", ");
  const content = [
    ...(preset === chosen ? [] : [`"preset: ${preset}"`]),
    ...(permalink ? [`"permalink: ${permalink}"`] : []),
  ].join(" and ");
  const places = [
    ...(content ? [`${content} under content`] : []),
    ...(timezone ? [`"timezone: ${timezone}" under site`] : []),
  ].join(", and ");
  return preset === chosen
    ? `${shown} has a different value than postrider.yaml. If it is right for these posts, write ${places}.`
    : `This looks like ${preset} (${shown}). If it is, write ${places} in postrider.yaml.`;
}
