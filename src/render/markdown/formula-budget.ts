/**
 * Limits the formulas that are drawn in a post. Each takes some milliseconds, and a long or deeply nested one a
 * second. Drawing can't be interrupted.
 */

/** Different formulas in a post. */
export const mostFormulas = 150;
/** Characters of TeX in one formula, and in all drawn formulas together. */
export const longestFormula = 1_000;
export const mostTex = 4_000;
/** Levels of nested braces. */
export const deepestFormula = 20;

export type FormulaProblem = "many" | "long" | "deep";

/** Call it for the formulas of a post in order. It returns why one is not drawn. Repeated formulas count once. */
export function openFormulaBudget(): (tex: string) => FormulaProblem | null {
  const taken = new Set<string>();
  let length = 0;
  return (tex) => {
    if (taken.has(tex)) return null;
    if (tex.length > longestFormula) return "long";
    if (depthOf(tex) > deepestFormula) return "deep";
    if (taken.size >= mostFormulas || length + tex.length > mostTex) return "many";
    taken.add(tex);
    length += tex.length;
    return null;
  };
}

export const formulaReasons: Record<FormulaProblem, string> = {
  many: `Postrider draws at most ${mostFormulas} different formulas with ${mostTex} characters of TeX in a post`,
  long: `the formula has more than ${longestFormula} characters`,
  deep: `the braces of the formula are nested more than ${deepestFormula} levels deep`,
};

function depthOf(tex: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < tex.length; at++) {
    const character = tex[at];
    if (character === "\\") {
      // `\left(` also nests.
      if (tex.startsWith("left", at + 1) || tex.startsWith("begin", at + 1)) depth++;
      if (tex.startsWith("right", at + 1) || tex.startsWith("end", at + 1)) depth--;
      at++;
    } else if (character === "{") depth++;
    else if (character === "}") depth--;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
