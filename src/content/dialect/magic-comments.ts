/** Removes code comments for Docusaurus's highlighter, such as `// highlight-next-line`. */

import { protectedRanges } from "./syntax/code.ts";

/** Removes them, and adds as many blank lines below the code, so that later text keeps its line. */
export function withoutMagicComments(text: string): string {
  if (!text.includes("highlight-")) return text;
  let result = "";
  let at = 0;
  for (const { start, end, kind, isClosed } of protectedRanges(text)) {
    if (kind !== "fence" || isClosed === false) continue;
    result += text.slice(at, start) + withoutThem(text.slice(start, end));
    at = end;
  }
  return result + text.slice(at);
}

function withoutThem(fence: string): string {
  const lines = fence.split("\n");
  const kept = lines.filter((line) => !magic.test(line));
  return kept.join("\n") + "\n".repeat(lines.length - kept.length);
}

const magic = /^\s*(?:\/\/|#|--|%|\/\*|\{\/\*|<!--)\s*highlight-(?:next-line|start|end)\s*(?:\*\/\}?|-->)?\s*$/;
