/** Draws TeX formulas as pictures, because email clients don't support MathML: three pixels per layout pixel. */

import { createRequire } from "node:module";
import sharp from "sharp";

export interface Formula {
  bytes: Buffer;
  /** The shown width, px. */
  width: number;
  height: number;
  /** How far it goes below the line of the text, px. */
  depth: number;
}

const pixelRatio = 3;
/** White margin in shown px: in dark mode, a formula has a white background, like every drawing. */
const marginPx = 4;
const ink = "#22252b";
/** TeX letters are smaller than letters of screen fonts at the same size. */
const likeTheText = 1.12;
/** In px. A larger formula would be larger than a page. */
const most = { width: 4_000, height: 2_000 };

/**
 * @param textSize - size of the text around it, px.
 * @throws Error with a readable reason, if it is not TeX.
 */
export async function drawFormula(tex: string, display: boolean, textSize: number): Promise<Formula> {
  const em = textSize * likeTheText;
  const svg = typeset(tex, display);
  // 1,000 units are the height of the text. The box encloses the drawn parts.
  const [, minY = 0, boxWidth = 0, boxHeight = 0] = (/viewBox="([^"]+)"/.exec(svg)?.[1] ?? "").split(" ").map(Number);
  const width = (boxWidth / 1000) * em;
  const height = (boxHeight / 1000) * em;
  if (!(width >= 1 && height >= 1)) throw new Error("it is empty.");
  if (width > most.width || height > most.height) throw new Error("the picture would be larger than a page.");
  const [pixelWidth, pixelHeight] = [Math.ceil(width * pixelRatio), Math.ceil(height * pixelRatio)];
  const drawing = svg
    .replace(/ (?:style|width|height)="[^"]*"/, "")
    .replace(/ (?:width|height)="[^"]*"/g, (attribute, at: number) => (at < svg.indexOf(">") ? "" : attribute))
    .replace("<svg ", `<svg width="${pixelWidth}" height="${pixelHeight}" `)
    .replaceAll("currentColor", ink);
  const margin = marginPx * pixelRatio;
  const white = { r: 255, g: 255, b: 255 };
  const bytes = await sharp(Buffer.from(drawing))
    .resize({ width: pixelWidth, height: pixelHeight, fit: "fill" })
    .flatten({ background: white })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: white })
    .png({ palette: true, colours: 16 })
    .toBuffer();
  return {
    bytes,
    width: Math.round(pixelWidth / pixelRatio) + 2 * marginPx,
    height: Math.round(pixelHeight / pixelRatio) + 2 * marginPx,
    depth: Math.round(((boxHeight + minY) / 1000) * em) + marginPx,
  };
}

type Convert = (tex: string, options: { display: boolean }) => string;
let convert: Convert | undefined;

function typeset(tex: string, display: boolean): string {
  convert ??= load();
  const svg = convert(tex, { display });
  const [, problem] = /data-mjx-error="([^"]*)"/.exec(svg) ?? [];
  if (problem) throw new Error(`Postrider can't read this TeX: ${problem}.`);
  return svg;
}

/** Loaded only for posts with formulas, because it takes 120 ms and 40 MB of memory. A formula can't load anything else. */
function load(): Convert {
  const require = createRequire(import.meta.url);
  const { mathjax } = require("mathjax-full/js/mathjax.js");
  const { TeX } = require("mathjax-full/js/input/tex.js");
  const { SVG } = require("mathjax-full/js/output/svg.js");
  const { liteAdaptor } = require("mathjax-full/js/adaptors/liteAdaptor.js");
  const { RegisterHTMLHandler } = require("mathjax-full/js/handlers/html.js");
  for (const name of ["ams/AmsConfiguration", "boldsymbol/BoldsymbolConfiguration", "cancel/CancelConfiguration"])
    require(`mathjax-full/js/input/tex/${name}.js`);
  const adaptor = liteAdaptor();
  RegisterHTMLHandler(adaptor);
  const document = mathjax.document("", {
    InputJax: new TeX({ packages: ["base", "ams", "boldsymbol", "cancel"], maxMacros: 1_000 }),
    OutputJax: new SVG({ fontCache: "local" }),
  });
  return (tex, options) => adaptor.innerHTML(document.convert(tex, options));
}
