/** Readers who had a post elsewhere: how many, from which import, and how we know, in words. */

export interface HadElsewhere {
  readers: number;
  /** Where the import says that they come from; for `listed`, the file that lists them. */
  source: string;
  /** ISO 8601; `null` for `listed`. */
  importedAt: string | null;
  /**
   * - `published`: Postrider had published the post before the import.
   * - `seen`: the jobs knew the post before the import.
   * - `dated`: its date is from before the day of the import, or before the time that the operator gave, and so is its file.
   * - `listed`: `subscribers received` names them.
   */
  why: "published" | "seen" | "dated" | "listed";
  /** When it was published, seen, or its file was there; ISO 8601. `null`: that is not known. */
  since: string | null;
  /** The date of the post. ISO 8601. */
  postDate: string;
}

/** `2 readers already received it from another service: …` */
export function hadSentence({ readers, source, importedAt, why, since, postDate }: HadElsewhere): string {
  const who = `${readers.toLocaleString("en")} ${readers === 1 ? "reader" : "readers"} already received it from another service`;
  if (importedAt === null) return `${who}: they are listed in ${source}`;
  const from = since ? ` since ${day(since)}` : "";
  const because = {
    published: `Postrider had published the post on ${day(since ?? postDate)}`,
    seen: `the jobs have known the post${from}`,
    dated: `the post has the date ${day(postDate)}, and its file has existed${from || " since before then"}`,
    listed: "",
  }[why];
  return `${who}: they were imported on ${day(importedAt)} ("${source}"), and ${because}`;
}

function day(time: string): string {
  return time.slice(0, 10);
}
