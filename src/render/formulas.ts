/** Formulas of an article as pictures with their TeX as words; where they can't be drawn, the TeX stays. */

import type { Pictures, PreparedPicture } from "#core/picture.ts";
import type { ChangeLog } from "./changes.ts";
import { type Element, element, elementsOf, type Node, textOf } from "./tree.ts";

export interface FormulaSetting {
  /** Absent: nothing is drawn. */
  pictures?: Pictures | undefined;
  /** Of running text, px. Default: that of most mails. */
  textSize?: number;
  log: ChangeLog;
}

interface Drawn {
  node: Element;
  picture: PreparedPicture;
}

/** By the element whose place they take. */
export async function drawFormulas(
  article: readonly Node[],
  { pictures, textSize = 17, log }: FormulaSetting,
): Promise<Map<Element, Drawn>> {
  const drawn = new Map<Element, Drawn>();
  if (!pictures) return drawn;
  const inBlocks = new Set<Element>();
  for (const node of elementsOf(article)) {
    const display = node.tag === "pre";
    const code = display ? node.children.find(isFormula) : isFormula(node) && !inBlocks.has(node) ? node : undefined;
    if (!code) continue;
    inBlocks.add(code);
    const tex = textOf(code).trim();
    // A lone letter is found with its sign only.
    const written = display ? tex : `$${tex}`;
    const picture = await pictures.formula({ tex, display, textSize });
    if (picture.kind === "refused") {
      log.note("image-missing", written, `${tex}: the formula stays TeX, since ${picture.reason}`);
      continue;
    }
    log.note("image-converted", written, `${tex}: TeX becomes a picture, ${picture.width} \u00d7 ${picture.height}.`);
    const { src, width, height, depth } = picture;
    const attributes = { src, alt: tex, width: String(width), height: String(height), "data-tex": String(depth) };
    const image = element("img", attributes);
    drawn.set(node, { node: display ? element("p", {}, image) : image, picture });
  }
  return drawn;
}

/** As GitHub has it: `$…$`, and a fenced block of the language `math`. */
function isFormula(node: Node): node is Element {
  return typeof node === "object" && node.tag === "code" && /\blanguage-math\b/.test(node.attributes["class"] ?? "");
}
