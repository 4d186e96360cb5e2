/** Finds unclosed tags in a template. MJML and email clients would close them silently, in different places. */

import { ConfigError } from "#core/errors.ts";
import type { Filled, Place } from "../template.ts";

/** A tag, whose attributes may hold `>` between quotes. */
const tag = /<(\/?)([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>/gi;
/** HTML elements without an end tag. */
const empty = new Set("area base br col embed hr img input link meta source track wbr".split(" "));

/** @throws ConfigError with file and line of the first tag without a partner, or that MJML would ignore. */
export function checkTags({ text, origin }: Filled): void {
  const visible = text.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, " "));
  const open: { name: string; place: Place }[] = [];
  for (const match of visible.matchAll(tag)) {
    const [, close, written = "", rest = ""] = match;
    const name = written.toLowerCase();
    const place = origin(visible.slice(0, match.index).split("\n").length);
    if (name === "mj-include")
      throw new ConfigError("<mj-include> is not supported. Include another template by its name", {
        ...place,
        hint: "Put the file into templates/email/parts/ and write {{> its-name}}.",
      });
    if (empty.has(name)) continue;
    if (!close) {
      if (!rest.endsWith("/")) open.push({ name, place });
      continue;
    }
    const last = open.pop();
    if (!last) throw new ConfigError(`</${name}> has no opening tag`, place);
    if (last.name !== name) throw new ConfigError(`<${last.name}> is not closed before </${name}>`, last.place);
  }
  const [first] = open;
  if (first) throw new ConfigError(`<${first.name}> is never closed`, first.place);
}
