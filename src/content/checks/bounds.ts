/** Reports where a post exceeds a limit, because readers then don't get what the author wrote. */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { BoundKind } from "#core/posts/outline.ts";
import { type Code, finding } from "../rules.ts";
import type { Check } from "./checked-body.ts";

export const boundsReached: Check = function* ({ outline }): Generator<Diagnostic> {
  for (const { kind, line, reason } of outline.bounds) {
    const { code, advice } = rulesByKind[kind];
    yield finding(code, line, `${reason.charAt(0).toUpperCase()}${reason.slice(1)}; ${advice}`);
  }
};

const rulesByKind: Record<BoundKind, { code: Code; advice: string }> = {
  marks: { code: "too-many-marks", advice: "split it into paragraphs, or put it into a code block" },
  table: { code: "table-too-large", advice: "split it" },
  depth: { code: "too-deep", advice: "use fewer levels" },
  formulas: { code: "too-many-formulas", advice: "this formula and all later ones are shown as TeX" },
  formula: { code: "formula-too-large", advice: "it is shown as TeX; split it" },
};
