/** Reads the folder, name and date in a file's path. */

export interface FileName {
  /** Path from the content folder, with `/`. It identifies the post. */
  path: string;
  /** Folders from the content folder to the post, with `/`; for a bundle (`my-post/index.md`) without the bundle's own. */
  dir: string;
  /** The path of the content folder below the folder with all content (`blog` for `content/blog`), with `/`; or empty. */
  section: string;
  /** Name without its extension; for a bundle or the page of a section (`_index.md`), the folder's name. */
  file: string;
  /** `file` without its leading date. */
  slug: string;
  /** The date at the beginning of `file`, as written: `2024-1-31`. */
  date?: string;
  /** A date in folder names, as in `2024/01/31/name.md` or `2024-01-31-trip/part.md`, in the form of `date`. */
  folderDate?: string;
  /** The language at the end of the name, if the preset uses this: `fr` for `name.fr.md`. */
  language?: string;
}

/** `path` is relative to the content folder `root`, and `root` to the project, both with `/`. The result is in composed form (NFC), because macOS decomposes names. */
export function readFileName(path: string, root = "", languageInName = false): FileName {
  const posix = path.normalize("NFC");
  const parts = posix.split("/");
  const whole = (parts.pop() ?? "").replace(/(?<=.)\.[A-Za-z]+$/, "");
  const language = languageInName ? /(?<=.)\.([a-z]{2}(?:-[A-Za-z]{2,4})?)$/.exec(whole)?.[1] : undefined;
  const known = language !== undefined && isLanguage(language);
  const stem = known ? whole.slice(0, -language.length - 1) : whole;
  const bundle = stem === "index" || stem === "_index" ? parts.pop() : undefined;
  const file = bundle && bundle !== ".." ? bundle : stem;
  const [, date, slug] = /^(\d{4}-\d{1,2}-\d{1,2})(?:[-_](.+))?$/.exec(file) ?? [];
  const folders = parts.filter((part) => part !== ".." && part !== ".");
  const folderDate = /(?:^|\/)(\d{4}([-/])\d{1,2}\2\d{1,2})(?:[-/]|$)/.exec(
    [...folders, date ? "" : file].join("/"),
  )?.[1];
  return {
    path: posix,
    section: sectionOf(root),
    dir: folders.join("/"),
    file,
    slug: slug ?? file,
    ...(date && { date }),
    ...(known && { language }),
    ...(folderDate && { folderDate: folderDate.replaceAll("/", "-") }),
  };
}

function sectionOf(root: string): string {
  const parts = root.split("/").filter((part) => part !== "" && !part.startsWith("."));
  const place = parts.findLastIndex((part) => sectionless.has(part.toLowerCase()) || part.startsWith("_"));
  return place === -1 ? (parts.at(-1) ?? "") : parts.slice(place + 1).join("/");
}

const sectionless = new Set(["", "content", "contents", "docs", "pages", "site", "source", "src"]);

/** `next.js.md` is not in a language called "js". */
function isLanguage(tag: string): boolean {
  const name = new Intl.DisplayNames("en", { type: "language", fallback: "none" }).of(tag);
  return name !== undefined && !["go", "io", "ts", "cs", "so", "rs"].includes(tag);
}
