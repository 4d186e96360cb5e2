/** A folder of posts: its settings in `postrider.yaml`, and the posts read from it. */

import type { Diagnostic, Severity } from "./diagnostic.ts";
import type { DatedPost, Post } from "./post.ts";
import type { Overrides } from "./preset.ts";

/** `content:` in `postrider.yaml`, paths made absolute: a preset and the site's own changes to it. */
export interface ContentSettings extends Overrides {
  dir: string;
  /** Name of a preset: the conventions of a site generator. */
  preset: string;
  /** Other severities for single rules, by code. */
  checks?: Readonly<Record<string, Severity | "off">>;
  /** Where the copies of a post stand is written into its front matter. */
  syndication?: boolean;
}

/** What reading one file gave. A post that can't be formed at all is `null`, and then a diagnostic says why. */
export interface Reading {
  /** As asked for. */
  path: string;
  post: Post | null;
  diagnostics: Diagnostic[];
  /** When the same file will mean something else: it is published, or expires. */
  changesAt?: string;
  /** Other files that had a say, absolute: posts that it links to, the authors file. */
  sources?: readonly string[];
}

/** The opened folder. */
export interface Content {
  /** Reads one file. Bad content is a diagnostic, never an exception; so is a file that isn't there. */
  read(path: string): Promise<Reading>;
  /** Every post file of the folder, absolute, sorted; drafts folders and the like left out. Throws `PostriderError` when the folder isn't there. */
  list(): Promise<string[]>;
  /**
   * Writes the addresses of a post's copies into its front matter, and changes nothing else in the file. The revision
   * stays the same.
   * @param former - addresses that this wrote earlier. Those that are not in `links` are removed.
   * @throws PostriderError `not_found` if there is no such file; `invalid` if its front matter can't be changed
   * safely.
   */
  syndicate(path: string, links: readonly string[], former: readonly string[]): Promise<void>;
  /** Since when the file of a post has been there, as a file or in Git; `null`: that is not known. */
  knownSince(post: DatedPost): Promise<Date | null>;
  /** Tells which files were written, once the writing has ended, until disposed. Throws `PostriderError` when the folder isn't there. */
  watch(onChange: (paths: string[]) => Promise<void>, onError: (error: Error) => void): Promise<AsyncDisposable>;
}
