/** Finds the publication date, from the first source that has one. */

import type { FrontMatter } from "#content/front-matter/front-matter.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { Preset } from "#core/posts/preset.ts";
import { finding } from "../rules.ts";
import type { ReadDate } from "./dates.ts";
import { every, type Field, pick, textOf } from "./fields.ts";
import type { FileName } from "./file-name.ts";

export interface DateReading {
  publishedAt: Date | null;
  updatedAt?: Date;
  diagnostics: Diagnostic[];
}

/** Tries the preset's sources in order. A date that can't be read is reported, and the next source is used. */
export function readPublishedAt(front: FrontMatter, name: FileName, preset: Preset, readDate: ReadDate): DateReading {
  const diagnostics: Diagnostic[] = [];
  const read = (text: string | undefined, line: number): Date | null => {
    if (text === undefined) return null;
    const date = readDate(text);
    if (!date)
      diagnostics.push(
        finding(
          "bad-date",
          line,
          `"${text.trim().slice(0, 40)}" is not a date; write it as 2024-05-31 or 2024-05-31T09:00:00Z`,
        ),
      );
    return date;
  };
  const fromField = (field: Field | undefined): Date | null =>
    field ? read(textOf(field.value) ?? JSON.stringify(field.value), front.lineOf(field.path)) : null;

  const sources = {
    // `published: true` is a draft setting and not a date.
    frontmatter: () => fromField(every(front.data, preset.keys.date).find(({ value }) => typeof value !== "boolean")),
    filename: () => read(name.date, 1),
    folder: () => read(name.folderDate, 1),
    path: () => read(dateInPath(pick(front.data, preset.keys.path)), 1),
  };
  let publishedAt: Date | null = null;
  for (const source of preset.dateFrom) publishedAt ??= sources[source]();
  const updatedAt = fromField(pick(front.data, preset.keys.updated));
  if (!publishedAt)
    diagnostics.push(finding("no-date", 1, 'The post has no date; add "date: 2024-05-31" to the front matter'));
  return { publishedAt, ...(updatedAt && { updatedAt }), diagnostics };
}

function dateInPath(field: Field | undefined): string | undefined {
  const text = field && textOf(field.value);
  return text && /(?:^|\/)(\d{4}\/\d{1,2}\/\d{1,2})(?=\/)/.exec(text)?.[1]?.replaceAll("/", "-");
}
