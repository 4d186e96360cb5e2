/** Builds HTML. Every value is escaped, unless it was also built here. */

import { escapeHtml } from "./html.ts";

/** HTML that `html` has built. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Value = Markup | string | number | false | null | undefined | readonly Value[];

/** `html\`<p>${name}</p>\``: strings are escaped, for text and for attributes in double quotes; `false` and `null` give an empty text. */
export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(literals.map((literal, index) => literal + shown(values[index])).join(""));
}

function shown(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(shown).join("");
  return value === false || value === null || value === undefined ? "" : escapeHtml(String(value));
}
