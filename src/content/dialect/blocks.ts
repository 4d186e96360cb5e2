/** Converts block tags: callouts and quotes get a mark in front of every line, other frames are removed. */

import { lineBreak } from "./syntax/literal.ts";
import { type Arguments, named } from "./syntax/tag.ts";

export interface Use {
  name: string;
  args: Arguments;
  /** The content between a tag and its end, converted and as written. `null` for a tag without an end. */
  inner: string | null;
  source: string | null;
  /** White space before a tag at the beginning of a line; `null` inside a line. */
  indent: string | null;
}

/** `inner` has as many line feeds as the source; `open` and `close` replace the tags. */
export interface Result {
  open: string;
  inner?: string;
  close?: string;
}

const kinds: readonly [kind: string, names: RegExp][] = [
  ["CAUTION", /^(?:danger|error|caution|critical|bug)$/],
  ["WARNING", /^(?:warn|warning|alert|attention)$/],
  ["TIP", /^(?:tip|success|hint|check)$/],
  ["IMPORTANT", /^important$/],
];

/** The kind of callout in the arguments, or else the tag's name. */
export function kindOf({ args, name }: Use): string {
  const said = named(args, "type", "kind", "color", "level", "variant", "class") ?? args.positional[0] ?? name;
  return said.toLowerCase() === "alert" ? "NOTE" : alertKind(said);
}

/** One of the five kinds for any name; `info` and unknown names are notes. */
export function alertKind(name: string): string {
  return kinds.find(([, names]) => names.test(name.toLowerCase()))?.[0] ?? "NOTE";
}

/** A GitHub alert with its title as the first line. Inside a line there can be no alert, so only the content stays. */
export function callout(kind: string, use: Use): Result {
  const inner = use.inner ?? named(use.args, "text", "content") ?? null;
  if (use.indent === null || inner === null) return use.inner === null ? { open: inner ?? "" } : unwrapped(use);
  const title = plainTitle(use.args, kind);
  const opening = title === "" ? `> [!${kind}]` : `> [!${kind}]${lineBreak}${use.indent}> **${title}**  `;
  const text = use.inner === null ? `${lineBreak}${use.indent}> ${inner}` : quoted(use.inner, use.indent);
  return { open: opening, inner: text, close: "" };
}

/** Empty if it only repeats the name of the kind. */
function plainTitle(args: Arguments, kind: string): string {
  const [first = "", second = ""] = args.positional;
  const title = named(args, "title", "heading", "header") ?? (kindWords.test(first) ? second : "");
  return title.toUpperCase() === kind ? "" : title.replace(/[*\n]/g, "").slice(0, 200);
}

/** Lines of a quote. The first part is on the line of the tag, the last on the line of its end. */
export function quoted(inner: string, indent: string): string {
  const [first = "", ...rest] = inner.split("\n");
  const lines = rest.map((line, index) => {
    if (index === rest.length - 1 && line.trim() === "") return "";
    const text = line.startsWith(indent) ? line.slice(indent.length) : line.trimStart();
    return text
      .split(lineBreak)
      .map((part) => `${indent}> ${part}`.trimEnd() + (/ {2}$/.test(part) ? "  " : ""))
      .join(lineBreak);
  });
  const opening = first.trim() === "" ? "" : `${lineBreak}${indent}> ${first.trim()}`;
  return [opening, ...lines].join("\n");
}

const kindWords =
  /^(?:note|info|tip|hint|success|check|important|warn|warning|alert|attention|caution|danger|error|critical|bug)$/i;

/** The content, with the title above it if it has its own lines. */
export function unwrapped({ inner, args, name }: Use): Result {
  const title = named(args, "title", "label", "summary", "heading", "header", "name") ?? spokenTitle(name, args);
  return {
    open: title && inner?.includes("\n") ? `**${title.replace(/[*\n]/g, "")}**  ` : "",
    inner: inner ?? "",
    close: "",
  };
}

/** The title of a frame, such as `{{< tab "Linux" >}}`, `{% details Read more %}`. */
function spokenTitle(name: string, { positional, text }: Arguments): string | undefined {
  if (!/^(?:tab|tabitem|details|expand|accordion|accordionitem|collapse|spoiler|toggle)$/i.test(name)) return undefined;
  return /["'=]/.test(text) ? positional[0] : text || undefined;
}
