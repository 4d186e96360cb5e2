/** Where a post has more of something than is read or drawn: what its readers get is not what its author wrote. */

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
  marks: { code: "too-many-marks", advice: "divide it into paragraphs or put it into a block of code" },
  table: { code: "table-too-large", advice: "divide it" },
  depth: { code: "too-deep", advice: "nest less" },
  formulas: { code: "too-many-formulas", advice: "from here on they stay TeX" },
  formula: { code: "formula-too-large", advice: "it stays TeX; divide it" },
};
