/** The operator's templates for notes: `note/<adapter>.txt`, else `note/default.txt`. */

import { ConfigError } from "#core/errors.ts";
import { compileTemplate, type Source, type Template } from "../template.ts";

/** What a note may say. */
export interface NoteWords {
  title: string;
  summary: string;
  hashtags: string;
  url: string;
  author: string;
  site: string;
}

/** Fills one in; lines that stay empty go. */
export type NoteTemplate = (words: NoteWords) => string;

export type NoteTemplates = (adapter: string) => NoteTemplate;

/** As `templates/note/default.txt` is shipped: for a site whose own templates have none. */
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
  // Plain text has nothing to escape.
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
