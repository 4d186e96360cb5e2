/** The folder of posts: how it is described in `postrider.yaml` and what comes out of it. */

import type { Diagnostic } from "./diagnostic.ts";
import type { Post } from "./post.ts";

/** `content:` in `postrider.yaml`, paths made absolute. */
export interface ContentSettings {
  dir: string;
  /** Name of a preset: the conventions of a site generator. */
  preset: string;
  /** Overrides the preset's pattern, for instance `/blog/:year/:month/:slug/`. */
  permalink?: string;
}

/** What reading one file gave. A post that can't be formed at all is `null`, and then a diagnostic says why. */
export interface Reading {
  /** As asked for. */
  path: string;
  post: Post | null;
  diagnostics: Diagnostic[];
}

/** The opened folder. */
export interface Content {
  /** Reads one file. Bad content is a diagnostic, never an exception; so is a file that isn't there. */
  read(path: string): Promise<Reading>;
  /** Every post file of the folder, absolute, sorted; drafts folders and the like left out. Throws `PostriderError` when the folder isn't there. */
  list(): Promise<string[]>;
}
