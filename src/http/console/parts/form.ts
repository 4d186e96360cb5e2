/** Forms and buttons. Each form has the session's token, and a key with which it is carried out once. */

import { randomUUID } from "node:crypto";
import { html, type Markup, type Value } from "#core/posts/markup.ts";
import type { Asking } from "../shell/asking.ts";

/** A form that does something. @param fields - labels and inputs, and the button */
export function form({ csrf }: Pick<Asking, "csrf">, action: string, fields: Value, name = ""): Markup {
  return html`<form method="post" action="${action}"${name && html` class="${name}"`}>
<input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="once" value="${randomUUID()}">
${fields}
</form>`;
}

/** @param kind - `main` for the most important act of a page, `danger` for one that can't be taken back */
export function button(label: string, kind: "main" | "danger" | "" = "", name = "", value = ""): Markup {
  return html`<button type="submit"${kind && html` class="${kind}"`}${name && html` name="${name}" value="${value}"`}>${label}</button>`;
}

interface Field {
  name: string;
  label: string;
  value?: string;
  type?: "text" | "email" | "search" | "datetime-local";
  hint?: string;
  required?: boolean;
}

let fields = 0;

/** A text field with its label. */
export function textField({ name, label, value = "", type = "text", hint, required = false }: Field): Markup {
  fields = (fields + 1) % 1_000_000;
  const id = `f${fields}-${name}`;
  return html`<p class="field"><label for="${id}">${label}</label>
${hint && html`<span class="quiet" id="${id}-h">${hint}</span>`}<input id="${id}" type="${type}" name="${name}" value="${value}" autocomplete="off"${required && html` required`}${hint && html` aria-describedby="${id}-h"`}></p>`;
}

export function choiceField(
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  chosen = "",
): Markup {
  fields = (fields + 1) % 1_000_000;
  const id = `f${fields}-${name}`;
  return html`<p class="field"><label for="${id}">${label}</label>
<select id="${id}" name="${name}">${options.map(
    ([value, text]) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`,
  )}</select></p>`;
}

export function checkbox(name: string, value: string, label: Value, checked = false): Markup {
  return html`<label class="choice"><input type="checkbox" name="${name}" value="${value}"${checked && html` checked`}> <span>${label}</span></label>`;
}
