/** Finds `:::name` and its end `:::`, as Docusaurus, Starlight, VitePress and markdown-it write callouts. */

import { type Arguments, parseArguments, type Tag } from "./tag.ts";

/** A directive's title, in brackets or after the name, is its argument `title`. An end has no name and closes the innermost directive. */
export function* directives(body: string): Generator<Tag> {
  for (const match of body.matchAll(/^[ \t>]*(:{3,})[ \t]*(?:([A-Za-z][\w-]{0,60})([^\n]{0,1000}))?[ \t]*$/gm)) {
    const [raw, colons = "", name, rest = ""] = match;
    const start = match.index + raw.indexOf(colons);
    const place = { start, end: match.index + raw.length };
    yield { syntax: "directive", role: name ? "both" : "end", name: name ?? "", args: titleOf(rest), ...place };
  }
}

function titleOf(rest: string): Arguments {
  const attributes = /\{([^{}]*)\}/.exec(rest);
  const args = parseArguments(attributes?.[1] ?? "");
  const text = rest.replace(attributes?.[0] ?? "", "").trim();
  const title = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  args.text = text;
  if (title !== "") args.named.set("title", title);
  return args;
}
