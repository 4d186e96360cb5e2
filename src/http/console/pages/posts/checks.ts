/** What the checks of a post found, with lines. */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import { html, type Markup } from "#core/posts/markup.ts";
import { state } from "../../parts/words.ts";

export function checksList(checks: readonly Diagnostic[]): Markup {
  if (checks.length === 0) return html`<p class="empty">Nothing was found.</p>`;
  return html`<ul class="checks">${checks.map(
    ({ severity, line, code, message }) =>
      html`<li>${state(severity)} line ${line}: ${message} <span class="quiet">${code}</span></li>`,
  )}</ul>`;
}
