/** Finds tags of a template that are not closed: MJML closes them where it likes and says nothing. */

import { ConfigError } from "#core/errors.ts";
import type { Filled, Place } from "./template.ts";

/** @throws ConfigError with file and line of the first tag that has no partner. */
export function checkTags({ text, origin }: Filled): void {
  const visible = text.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, " "));
  const open: { name: string; place: Place }[] = [];
  for (const match of visible.matchAll(/<(\/?)(mj[\w-]*)([^<>]*)>/g)) {
    const [, close, name = "", rest = ""] = match;
    const place = origin(visible.slice(0, match.index).split("\n").length);
    if (!close) {
      if (!rest.endsWith("/")) open.push({ name, place });
      continue;
    }
    const last = open.pop();
    if (!last) throw new ConfigError(`</${name}> closes nothing`, place);
    if (last.name !== name) throw new ConfigError(`<${last.name}> is not closed before </${name}>`, last.place);
  }
  const [first] = open;
  if (first) throw new ConfigError(`<${first.name}> is never closed`, first.place);
}
