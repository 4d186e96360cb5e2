/** What the place and name of a file say: its folder, its name, and the date that many generators put there. */

export interface FileName {
  /** Path from the content folder, with `/`, as it identifies the post. */
  path: string;
  /** Folders from the content folder to the post, with `/`; for a bundle (`my-post/index.md`) without the bundle's own. */
  dir: string;
  /** Name of the content folder where that is a section of the site (`posts`, `blog`) and not just the place where content lies; else empty. */
  section: string;
  /** Name without its ending, or the folder's name for a bundle. */
  file: string;
  /** `file` without a date at its beginning. */
  slug: string;
  /** The date in front of `file`, as written: `2024-1-31`. */
  date?: string;
  /** A date spelled by folders, as in `2024/01/31/name.md`, in the form of `date`. */
  folderDate?: string;
}

/** `path` is relative to the content folder `root`, both with `/`. The result is in composed form (NFC), since macOS decomposes names. */
export function readFileName(path: string, root = ""): FileName {
  const posix = path.normalize("NFC");
  const parts = posix.split("/");
  const stem = (parts.pop() ?? "").replace(/(?<=.)\.[A-Za-z]+$/, "");
  const bundle = stem === "index" ? parts.pop() : undefined;
  const file = bundle && bundle !== ".." ? bundle : stem;
  const [, date, slug] = /^(\d{4}-\d{1,2}-\d{1,2})(?:-(.+))?$/.exec(file) ?? [];
  const folders = parts.filter((part) => part !== ".." && part !== ".");
  const folderDate = /(?:^|\/)(\d{4}\/\d{1,2}\/\d{1,2})(?:\/|$)/.exec([...folders, file].join("/"))?.[1];
  const rootName = root.split("/").findLast((part) => part !== "") ?? "";
  return {
    path: posix,
    section: sectionless.has(rootName.toLowerCase()) || rootName.startsWith("_") ? "" : rootName,
    dir: folders.join("/"),
    file,
    slug: slug ?? file,
    ...(date && { date }),
    ...(folderDate && { folderDate: folderDate.replaceAll("/", "-") }),
  };
}

const sectionless = new Set(["", "content", "contents", "docs", "pages", "site", "source", "src"]);
