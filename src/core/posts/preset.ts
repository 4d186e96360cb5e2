/** The conventions of a site generator as data: a preset, and a site's changes to it. */

/** The fields that are read from front matter. Each has several possible keys. */
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

/** Syntax extensions of generators. Syntax that is off stays in the text and is reported. */
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
 * How a shortcode, tag, directive or component is converted. `note` to `caution` are callouts; `callout` takes its
 * kind from the arguments; `path` is the address in the arguments, and `ref` the address of a post; `text` keeps the
 * content, `drop` removes it, and `hold` holds the post back.
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

/** How names become parts of an address, see `slugs.ts`: unchanged, or by the rule of a generator. */
export const slugStyleNames = ["written", "jekyll", "hugo", "github", "zola"] as const;
export type SlugStyle = (typeof slugStyleNames)[number];

export interface Preset {
  /** The address of a post under `site.url`, see `permalinks.ts` for the tokens. Upper and lower case and the slash at the end are kept. */
  permalink: string;
  /** Other patterns for posts with a slug in the front matter, and for posts without a date in the file name. */
  permalinkWithSlug?: string;
  permalinkUndated?: string;
  /** Named patterns, such as Jekyll's `pretty`. `permalink` may be such a name. */
  permalinkStyles: Readonly<Record<string, string>>;
  /** Tokens that have another meaning in this generator: in Jekyll, `:title` is the file name. */
  tokens: Readonly<Record<string, string>>;
  /** Whether an unknown token is a key of the front matter, like `:abbrlink` in Hexo. */
  tokensFromKeys: boolean;
  /**
   * Which date the tokens of the pattern use: the date in the site's time zone, the date as it is written, or the
   * date in the file name, if there is one.
   */
  permalinkDate: "published" | "written" | "filename";
  slugs: SlugStyle;
  /** Whether a path in the front matter always gets a slash at the end, as in Zola. */
  pathEndsInSlash: boolean;
  /** The value of `:slug` if the front matter has no slug: the file name without its date, or the title. */
  slugFrom: "file" | "title";
  /** The sources of the date, in this order. */
  dateFrom: readonly DateSource[];
  /** Keys of front matter in order of preference. A dot looks inside a mapping. */
  keys: Readonly<Record<FieldName, readonly string[]>>;
  /** How a string of tags is split; `list`: the string is one tag. */
  tagSplit: "list" | "comma" | "space";
  /** Whether `name.fr.md` is the French form of `name.md`, with an address below `/fr/` unless the site itself is French. */
  languageInName: boolean;
  /** Whether a folder with an `index.md` is one post, with the other files as its parts. */
  leafBundles: boolean;
  /** Separators between authors in one string. Empty: a string is one author. */
  authorSeparators: readonly string[];
  /**
   * Author records by id: a YAML, TOML or JSON file, or, without an extension, also a folder with one file for each.
   * It is searched in the content folder and its parent folders, and may be missing.
   */
  authorsFile?: string;
  /** Words in HTML comments that end the excerpt: `<!-- more -->`. */
  marks: readonly string[];
  /** File extensions of posts. */
  extensions: readonly string[];
  /** Files and folders without published posts; `*` matches any characters. Names that begin with a dot are always ignored. */
  exclude: readonly string[];
  /** Whether an image with a relative path is below the post's own address on the site. Generators that hash file names hide it. */
  relativeImages: "beside-post" | "hidden";
  /** Path prefixes in the source, with their prefixes on the site: `@site/static/` is `/`. */
  assets: Readonly<Record<string, string>>;
  syntax: Readonly<Record<SyntaxName, boolean>>;
  /** Handlers by the name of a shortcode, tag, directive or component, in upper or lower case. */
  handlers: Readonly<Record<string, HandlerName>>;
  /** Values of the site's data that posts use in Liquid: `site.repository`. */
  variables: Readonly<Record<string, string>>;
  /** Signs that a folder belongs to this generator, only for suggestions. */
  signs: PresetSigns;
}

export interface PresetSigns {
  /** Files of the project; after a `:`, a text that the file must contain. */
  files: readonly string[];
  /** Texts in posts. */
  posts: readonly string[];
  /** YAML, TOML or JSON files with the generator's own permalink settings; `*` is the content folder's name. */
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

/** A preset file: a complete preset, or changes to another one. */
export type PresetFile = Preset | ({ extends: string } & Overrides);
