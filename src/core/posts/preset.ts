/** The conventions of a site generator as data: a preset, and a site's changes to it. */

/** What can be found in front matter, each under several names. */
export const fieldNames = [
  "id",
  "title",
  "date",
  "updated",
  "notBefore",
  "expires",
  "canonical",
  "url",
  "path",
  "slug",
  "summary",
  "authors",
  "tags",
  "image",
  "imageAlt",
  "language",
  "draft",
  "published",
  "status",
  "limited",
  "shareText",
  "socialTexts",
  "contentWarning",
  "subjects",
  "mail",
] as const;
export type FieldName = (typeof fieldNames)[number];

export const dateSources = ["frontmatter", "filename", "folder", "path"] as const;
export type DateSource = (typeof dateSources)[number];

/** Syntax beyond GFM that a generator gives a meaning to; syntax that is off stays in the text and is reported. */
export const syntaxNames = [
  "shortcodes",
  "liquid",
  "tera",
  "mdx",
  "mdxInMarkdown",
  "directives",
  "kramdown",
  "headingIds",
  "emoji",
] as const;
export type SyntaxName = (typeof syntaxNames)[number];

/**
 * What becomes of a shortcode, tag, directive or component. `note` to `caution` are callouts, `callout` takes its kind
 * from the arguments; `path` is the address in the arguments and `ref` that of a post; `text` keeps what is inside, `drop` nothing,
 * and `hold` holds the post.
 */
export const handlerNames = [
  "note",
  "tip",
  "important",
  "warning",
  "caution",
  "callout",
  "quote",
  "fence",
  "image",
  "gallery",
  "youtube",
  "vimeo",
  "tweet",
  "gist",
  "player",
  "link",
  "path",
  "ref",
  "raw",
  "text",
  "drop",
  "hold",
] as const;
export type HandlerName = (typeof handlerNames)[number];

/** How names become pieces of an address, see `slugs.ts`: as they are written, or by the rule of a generator. */
export const slugStyleNames = ["written", "jekyll", "hugo", "github", "zola"] as const;
export type SlugStyle = (typeof slugStyleNames)[number];

export interface Preset {
  /** The address of a post under `site.url`, see `permalinks.ts` for the tokens. Case and the slash at the end are literal. */
  permalink: string;
  /** Other patterns for posts whose front matter has a slug of its own, and for those whose file name has no date. */
  permalinkWithSlug?: string;
  permalinkUndated?: string;
  /** Patterns that have a name: Jekyll's `pretty`. `permalink` may be one. */
  permalinkStyles: Readonly<Record<string, string>>;
  /** What this generator means by a token, where others mean something else: `:title` is Jekyll's name of the file. */
  tokens: Readonly<Record<string, string>>;
  /** Whether a token that nobody knows is a key of the front matter, as `:abbrlink` is to Hexo. */
  tokensFromKeys: boolean;
  /**
   * Which day the tokens of the pattern mean: that of the date in the site's time zone, that of the date as it is written,
   * or that of the file name where it has one.
   */
  permalinkDate: "published" | "written" | "filename";
  slugs: SlugStyle;
  /** Whether an address that the front matter gives as a path always ends in a slash, as Zola's do. */
  pathEndsInSlash: boolean;
  /** What `:slug` is when the front matter has none: the file name without its date, or the title. */
  slugFrom: "file" | "title";
  /** Where the date is looked for, in this order. */
  dateFrom: readonly DateSource[];
  /** Keys of front matter in order of preference. A dot looks inside a mapping. */
  keys: Readonly<Record<FieldName, readonly string[]>>;
  /** How a string of tags falls apart; `list` takes it for one tag. */
  tagSplit: "list" | "comma" | "space";
  /** Whether `name.fr.md` is the French form of `name.md`, with an address below `/fr/` unless the site itself is French. */
  languageInName: boolean;
  /** Whether a folder with an `index.md` is one post, and what else lies in it belongs to that. */
  leafBundles: boolean;
  /** What stands between two authors in one string. Empty: a string is one author. */
  authorSeparators: readonly string[];
  /**
   * Author records by id: a YAML, TOML or JSON file, or, without an ending, also a folder with a file for each. Looked for in
   * the content folder and those above it. It need not be there.
   */
  authorsFile?: string;
  /** Names in HTML comments that end the excerpt: `<!-- more -->`. */
  marks: readonly string[];
  /** File name endings of posts. */
  extensions: readonly string[];
  /** Files and folders without published posts; `*` matches any characters. Names that begin with a dot are always ignored. */
  exclude: readonly string[];
  /** Whether an image path relative to the file is found below the post's own address; generators that hash file names hide it. */
  relativeImages: "beside-post" | "hidden";
  /** Beginnings of paths in the source and what they are on the site: `@site/static/` is `/`. */
  assets: Readonly<Record<string, string>>;
  syntax: Readonly<Record<SyntaxName, boolean>>;
  /** By the name of a shortcode, tag, directive or component, without regard to case. */
  handlers: Readonly<Record<string, HandlerName>>;
  /** Values of the site's data that posts name in Liquid: `site.repository`. */
  variables: Readonly<Record<string, string>>;
  /** What shows that a folder belongs to this generator: for suggestions only. */
  signs: PresetSigns;
}

export interface PresetSigns {
  /** Files of the project, each with text that must be in it after a `:`. */
  files: readonly string[];
  /** Pieces of text in posts. */
  posts: readonly string[];
  /** YAML, TOML or JSON files with the generator's own settings of addresses; `*` is the content folder's name. */
  settings: readonly string[];
}

/** Changes to a preset: mappings are changed key by key, everything else as a whole. */
export type Overrides = Partial<
  Omit<Preset, "keys" | "syntax" | "handlers" | "assets" | "variables" | "tokens" | "permalinkStyles" | "signs">
> & {
  tokens?: Preset["tokens"];
  permalinkStyles?: Preset["permalinkStyles"];
  keys?: Partial<Preset["keys"]>;
  syntax?: Partial<Preset["syntax"]>;
  handlers?: Preset["handlers"];
  assets?: Preset["assets"];
  variables?: Preset["variables"];
  signs?: PresetSigns;
};

/** A preset as it is written: a whole one, or another one with changes. */
export type PresetFile = Preset | ({ extends: string } & Overrides);
