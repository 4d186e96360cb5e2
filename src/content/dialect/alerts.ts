/** Maps the alerts of all generators to GitHub's five. */

import { alertKind } from "./blocks.ts";
import { outside, protectedRanges } from "./syntax/code.ts";

/** `> [!info]- Title` is GitHub's `> [!NOTE]`, with its title in bold on the same line. */
export function plainAlerts(text: string): string {
  if (!text.includes("[!")) return text;
  return outside(text, protectedRanges(text), withKinds);
}

function withKinds(piece: string): string {
  return piece.replace(
    /^((?:[ \t]*>)+[ \t]?)\[!([A-Za-z][\w-]{0,30})(?:\|[^\]\n]{0,60})?\]([+-]?)[ \t]*([^\n]{0,300})$/gm,
    (_, mark: string, name: string, _fold: string, title: string) =>
      `${mark}[!${alertKind(name)}]${title.trim() === "" ? "" : ` ${bold(title.trim())}  `}`,
  );
}

/** Not if there is already emphasis. */
function bold(title: string): string {
  return /[*_]/.test(title) ? title : `**${title}**`;
}

/** `{: .prompt-tip }` or `{: .notice--warning }` below a block, which Jekyll themes show as a box. */
export function kramdownBoxes(piece: string): string {
  if (!/\{:[^{}\n]*\.(?:prompt-|notice)/.test(piece)) return piece;
  const lines = piece.split("\n");
  for (const [index, line] of lines.entries()) {
    const [, prompt, notice] =
      /^[ \t]*\{:[^{}\n]*\.(?:prompt-(\w+)|notice(?:--(\w+))?)[^{}\n]*\}[ \t]*$/.exec(line) ?? [];
    if (prompt === undefined && !/\.notice/.test(line)) continue;
    let first = index;
    while (first > 0 && lines[first - 1]?.trim() !== "") first--;
    // The kind is written on the blank line above the block.
    if (first === index || first === 0) continue;
    for (let each = first; each < index; each++) if (!lines[each]?.startsWith(">")) lines[each] = `> ${lines[each]}`;
    lines[first - 1] = `> [!${alertKind(prompt ?? notice ?? "note")}]`;
  }
  return lines.join("\n");
}
