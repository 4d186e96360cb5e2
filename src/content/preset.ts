/** What a site generator makes of a folder of posts, as data. A preset is one file in `presets/`; there is no other list of them. */

/** What can be found in front matter, each under several names. */
export type FieldName =
  | "id"
  | "title"
  | "date"
  | "updated"
  | "canonical"
  | "url"
  | "path"
  | "slug"
  | "summary"
  | "authors"
  | "tags"
  | "image"
  | "imageAlt"
  | "language"
  | "draft"
  | "published"
  | "shareText";

export type DateSource = "frontmatter" | "filename" | "folder" | "path";

export interface Preset {
  /** The address of a post under `site.url`, see `permalinks.ts` for the tokens. Case and the slash at the end are literal. */
  permalink: string;
  /** What `:slug` is when the front matter has none: the file name without its date, or the title. */
  slugFrom: "file" | "title";
  /** Where the date is looked for, in this order. */
  dateFrom: readonly DateSource[];
  /** Keys of front matter in order of preference. A dot looks inside a mapping. */
  keys: Readonly<Record<FieldName, readonly string[]>>;
  /** How a string of tags falls apart; `list` takes it for one tag. */
  tagSplit: "list" | "comma" | "space";
  /** What stands between two authors in one string. Empty: a string is one author. */
  authorSeparators: readonly string[];
  /** Names in HTML comments that end the excerpt: `<!-- more -->`. */
  marks: readonly string[];
  /** File name endings of posts. */
  extensions: readonly string[];
  /** Files and folders that hold no published posts. Names that begin with a dot never do. */
  exclude: readonly string[];
  /** Whether an image path relative to the file is found below the post's own address; generators that hash file names hide it. */
  relativeImages: "beside-post" | "hidden";
}

/** A preset as it is written: another one with changes. `keys` replaces field by field, everything else as a whole. */
export type PresetFile = Preset | ({ extends: string } & Overrides);

export type Overrides = Partial<Omit<Preset, "keys">> & { keys?: Partial<Preset["keys"]> };

/** `base` with changes. */
export function override(base: Preset, changes: Overrides): Preset {
  return { ...base, ...changes, keys: { ...base.keys, ...changes.keys } };
}
