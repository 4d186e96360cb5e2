/** Records where an article differs from its post, with source lines, for the fidelity report. */

import type { Post } from "#core/posts/post.ts";
import type { Change, ChangeKind } from "#core/renditions/fidelity.ts";

export interface ChangeLog {
  /** @param written - the source text at this place, word for word. */
  note(kind: ChangeKind, written: string, message: string): void;
}

/** For renditions without a report. */
export const noLog: ChangeLog = { note() {} };

export function openChangeLog(post: Post): ChangeLog & { changes: Change[] } {
  const changes: Change[] = [];
  const counts = new Map<ChangeKind, number>();
  const searched = new Map<string, number>();
  const lineAt = lineFinder(post.body);
  /** The next line with this text: the second embed of a video is on the second line that contains it. */
  const lineOf = (written: string): number => {
    const from = searched.get(written) ?? 0;
    const found = written === "" ? -1 : post.body.indexOf(written, from);
    const at = found === -1 && from > 0 ? from - written.length : found;
    if (at < 0) return post.bodyLine;
    searched.set(written, at + written.length);
    return post.bodyLine + lineAt(at) - 1;
  };
  return {
    changes,
    note(kind, written, message) {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      if (count <= mostOfAKind) changes.push({ kind, line: lineOf(asWritten(post, written)), message });
    },
  };
}

/** More would not be read, and each one searches the whole post. */
const mostOfAKind = 500;

/** The line of an offset, from 1. */
function lineFinder(text: string): (offset: number) => number {
  const ends: number[] = [];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) ends.push(at);
  return (offset) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

/** `marked` escapes addresses, but the source may contain the unescaped characters. */
function asWritten(post: Post, written: string): string {
  if (post.body.includes(written)) return written;
  try {
    return decodeURI(written);
  } catch {
    return written;
  }
}
