/** Finds typing mistakes that editors don't show but readers see. */

import { protectedRanges } from "#content/dialect/syntax/code.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import { finding } from "../rules.ts";
import { type Check, proseFindings, quoted } from "./checked-body.ts";

/** `[text] (https://…)`: with a space between, this is not a link. */
export const spacedLink: Check = (body) =>
  proseFindings(
    body,
    "spaced-link",
    /\[[^[\]]{2,300}\] \((?:https?:\/\/|www\.|\/)[^()\s]{1,300}\)/,
    (match) => `${match} is not a link; remove the space between the brackets and the parentheses`,
  );

/** `\\(x\\)`, which a script in the web page typesets. Between dollar signs, it would also be drawn here. */
export const visibleMath: Check = (body) =>
  proseFindings(
    body,
    "visible-math",
    /\\\([^\n]{1,300}?\\\)|\\\[[^\n]{1,300}?\\\]/,
    (match) => `${match} is shown as TeX; put the formula between dollar signs`,
  );

/** Conflict markers of a version control system. */
export const mergeConflict: Check = (body) =>
  proseFindings(
    body,
    "merge-conflict",
    /^<{7} \S{1,100}/,
    (match) => `${match} is a merge conflict; keep one side and remove the markers`,
  );

/** Rows without the line of dashes below the first row, which a table needs. */
export const brokenTable: Check = function* ({ outline }): Generator<Diagnostic> {
  let last = -1;
  for (const { text, line } of outline.prose) {
    if (!/^\|[^|]{1,200}\|(?:[^|]{0,200}\|)+$/.test(text)) continue;
    if (line > last + 1)
      yield finding(
        "broken-table",
        line,
        `${quoted(text)} is shown as text; add a line such as |---|---| below the header row`,
      );
    last = line;
  }
};

/** An unclosed fence makes everything below it code. */
export const unclosedFence: Check = function* ({ lines }): Generator<Diagnostic> {
  const body = lines.join("\n");
  const fence = protectedRanges(body).findLast(({ kind }) => kind === "fence");
  if (fence?.isClosed !== false) return;
  const line = body.slice(0, fence.start).split("\n").length;
  yield finding(
    "unclosed-fence",
    line,
    "The code block that begins here is not closed; add the same marks below the code",
  );
};

/** `Ã©` for `é`: UTF-8 that was once read as Latin 1. */
export const brokenLetters: Check = (body) =>
  proseFindings(
    body,
    "broken-letters",
    /(?:Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u009f™œ˜“”¦\u009d]|Â[\u00a0-\u00bf])/,
    (match) => `${match} is a character in the wrong encoding; save the file as UTF-8 and type the character again`,
  );
