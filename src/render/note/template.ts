/** The operator's templates for notes: `note/<adapter>.txt`, else `note/default.txt`. */

import { ConfigError } from "#core/errors.ts";
import { compileTemplate, type Source, type Template } from "../template.ts";

/** The values for a note. */
export interface NoteWords {
  title: string;
  summary: string;
  hashtags: string;
  url: string;
  author: string;
  site: string;
}

/** Fills in a template and removes empty lines. */
export type NoteTemplate = (words: NoteWords) => string;

export type NoteTemplates = (adapter: string) => NoteTemplate;

/** The same as our `templates/note/default.txt`, for a site whose own templates have none. */
const plain: Source = { text: "{{title}}\n\n{{summary}}\n\n{{hashtags}}\n\n{{url}}\n", file: "note/default.txt" };

/**
 * @param sources - by the file's name without its extension.
 * @throws ConfigError for a template without the permalink, or that can't be read
 */
export function noteTemplates(sources: ReadonlyMap<string, Source>): NoteTemplates {
  const templates = new Map([...sources].map(([name, source]) => [name, compiled(source)]));
  const fallback = templates.get("default") ?? compiled(plain);
  return (adapter) => templates.get(adapter) ?? fallback;
}

function compiled(source: Source): NoteTemplate {
  // Plain text needs no escaping.
  const text = source.text.replace(/(?<!\{)\{\{\s*([\w.]+)\s*\}\}(?!\})/g, "{{{$1}}}");
  const template: Template = compileTemplate({ ...source, text });
  const fill: NoteTemplate = (words) =>
    template({ ...words })
      .text.replace(/[ \t]+$/gm, "")
      .replace(/\n{3,}/g, "\n\n")
      .trim();
  const sample = { title: "t", summary: "s", hashtags: "#h", author: "a", site: "s", url: "https://example.org/post/" };
  if (!fill(sample).endsWith(sample.url))
    throw new ConfigError("A note must end with {{url}}: without the permalink nobody finds the post", {
      file: source.file,
      line: source.text.trimEnd().split("\n").length,
    });
  return fill;
}
