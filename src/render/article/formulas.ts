/** Replaces formulas with pictures that have the TeX as alternative text. If one can't be drawn, its TeX is shown. */

import type { FormulaRequest, Pictures, PreparedPicture } from "#core/posts/picture.ts";
import {
  type FormulaProblem,
  formulaReasons,
  mostFormulas,
  openFormulaBudget,
} from "#render/markdown/formula-budget.ts";
import type { ChangeLog } from "./changes.ts";
import { type Element, element, elementsOf, type Node, textOf } from "./tree.ts";

export interface FormulaSetting {
  /** Absent: formulas are not drawn. */
  pictures?: Pictures | undefined;
  /** Size of normal text, px. Default: the size in most emails. */
  textSize?: number;
  log: ChangeLog;
}

interface Drawn {
  node: Element;
  picture: PreparedPicture;
}

/** Returns the pictures by the elements that they replace. */
export async function drawFormulas(
  article: readonly Node[],
  { pictures, textSize = 17, log }: FormulaSetting,
): Promise<Map<Element, Drawn>> {
  const drawn = new Map<Element, Drawn>();
  if (!pictures) return drawn;
  const inBlocks = new Set<Element>();
  const problemOf = openFormulaBudget();
  const found: { node: Element; tex: string; display: boolean; picture: Picture }[] = [];
  for (const node of elementsOf(article)) {
    const display = node.tag === "pre";
    const code = display ? node.children.find(isFormula) : isFormula(node) && !inBlocks.has(node) ? node : undefined;
    if (!code) continue;
    inBlocks.add(code);
    const tex = textOf(code).trim();
    const problem = problemOf(tex);
    const picture = problem ? refused(problem) : drawOnce(pictures, { tex, display, textSize });
    found.push({ node, tex, display, picture });
  }
  for (const { node, tex, display, ...each } of found) {
    // A single letter can only be found together with its dollar sign.
    const written = display ? tex : `$${tex}`;
    const picture = await each.picture;
    if (picture.kind === "refused") {
      log.note("image-missing", written, `${shown(tex)}: the formula is shown as TeX: ${picture.reason}`);
      continue;
    }
    log.note(
      "image-converted",
      written,
      `${shown(tex)}: the formula became a picture, ${picture.width} \u00d7 ${picture.height}.`,
    );
    const { src, width, height, depth } = picture;
    const attributes = { src, alt: tex, width: String(width), height: String(height), "data-tex": String(depth) };
    const image = element("img", attributes);
    drawn.set(node, { node: display ? element("p", {}, image) : image, picture });
  }
  return drawn;
}

type Picture = ReturnType<Pictures["formula"]>;

async function refused(problem: FormulaProblem): Picture {
  return { kind: "refused", reason: `${formulaReasons[problem]}.`, reachable: false };
}

/** Cached, because an email is rendered several times for a preview. */
const remembered = new WeakMap<Pictures, Map<string, Picture>>();

function drawOnce(pictures: Pictures, request: FormulaRequest): Picture {
  const known = remembered.get(pictures) ?? new Map<string, Picture>();
  remembered.set(pictures, known);
  const key = JSON.stringify(request);
  const picture = known.get(key) ?? pictures.formula(request);
  known.set(key, picture);
  for (const oldest of [...known.keys()].slice(0, -2 * mostFormulas)) known.delete(oldest);
  return picture;
}

function shown(tex: string): string {
  return tex.length > 500 ? `${tex.slice(0, 500).toWellFormed()}…` : tex;
}

/** Like on GitHub: `$…$`, and a fenced block of the language `math`. */
function isFormula(node: Node): node is Element {
  return typeof node === "object" && node.tag === "code" && /\blanguage-math\b/.test(node.attributes["class"] ?? "");
}
