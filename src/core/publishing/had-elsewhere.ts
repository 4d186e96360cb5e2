/** Readers who already received a post from another service: how many, from which import, and the proof, as text. */

export interface HadElsewhere {
  readers: number;
  /** The recorded source of the import; for `listed`, the file with their addresses. */
  source: string;
  /** ISO 8601; `null` for `listed`. */
  importedAt: string | null;
  /**
   * - `published`: Postrider had published the post before the import.
   * - `seen`: the jobs knew the post before the import.
   * - `dated`: the post's date and its file are older than the day of the import, or than the time that the operator
   *   gave.
   * - `listed`: they were recorded with `subscribers received`.
   */
  why: "published" | "seen" | "dated" | "listed";
  /** Since when it was published, known to the jobs, or its file existed; ISO 8601. `null` if unknown. */
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
