/** Checks alternative texts of images: most email clients hide images at first. */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import { finding } from "../rules.ts";
import { type Check, quoted } from "./checked-body.ts";

/** Missing alternative texts, and placeholders from an editor. */
export const imageAlternatives: Check = function* ({ outline, lines }): Generator<Diagnostic> {
  for (const { src, alt, line } of outline.images) {
    const text = alt.trim().toLowerCase();
    // An empty `alt` in HTML marks a decorative image on purpose.
    if (text === "" && /\balt=(?:""|'')/.test(lines[line - 1] ?? "")) continue;
    if (text === "")
      yield finding("missing-alt", line, `The image ${quoted(src)} has no alternative text; describe the image`);
    else if (fillers.has(text) || fileName.test(text))
      yield finding("literal-alt", line, `The alternative text ${quoted(alt)} is a placeholder; describe the image`);
  }
};

/** File names of cameras and editors. */
const fileName =
  /^[\w .-]{1,100}\.(?:png|jpe?g|gif|webp|avif|svg)$|^(?:img|dsc|dscn|pxl|image|screenshot)[ _-]?\d{2,}[\w-]*$/;

const fillers = new Set([
  "alt",
  "alt text",
  "alt-text",
  "alt_text",
  "alternative text",
  "description",
  "image",
  "image alt text",
  "image description",
  "image from alias",
  "img",
  "picture",
  "untitled",
]);
