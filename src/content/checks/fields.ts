/** Checks front matter texts that readers see unchanged, such as the title. */

import { pick, textOf } from "#content/fields/fields.ts";
import type { FrontMatter } from "#content/front-matter/front-matter.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { FieldName, Preset } from "#core/posts/preset.ts";
import { finding } from "../rules.ts";
import { quoted } from "./checked-body.ts";

/** Template syntax, notes to the author and placeholders. */
export function checkFields(front: FrontMatter, preset: Preset): Diagnostic[] {
  return shown.flatMap((name) => {
    const field = pick(front.data, preset.keys[name]);
    const text = field && textOf(field.value);
    const residue = text === undefined ? undefined : leftover.exec(text.slice(0, 2_000))?.[0];
    if (!field || residue === undefined) return [];
    const message = `"${field.path.join(".")}" holds ${quoted(residue)}, which readers would see; replace it with the text itself`;
    return [finding("field-residue", front.lineOf(field.path), message)];
  });
}

const shown: readonly FieldName[] = ["title", "summary", "shareText", "contentWarning"];

const leftover =
  /\{\{[^{}\n]{0,200}\}\}|\{\{[<%]|\{%[-+]?\s{0,5}\w|\b(?:TODO|TBD|FIXME)\b(?=\s{0,3}(?::|$))|\blorem ipsum\b|^\s{0,5}(?:untitled|new post|\[title\]|undefined|null)\s{0,5}$/i;
