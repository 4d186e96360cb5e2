/** Groups the blocks of an article into cells of the email's layout. */

import { type Node, textOf } from "./tree.ts";

/** Word breaks cells taller than about 1,790 px in two, with a gap: some 3,000 characters of text. */
const tallestSection = 2_500;

/** Groups the printed blocks: a new section at each `h2`, and before a long run of others makes a cell too tall. */
export function sectionsOf(article: readonly Node[], blocks: readonly string[]): string[] {
  const groups: string[] = [];
  let length = 0;
  article.forEach((node, index) => {
    // Not before a heading: at the beginning of a cell, the space above the heading would be added to the space below the previous block.
    const tall = length > tallestSection && !isHeading(node) && !isHeading(article[index - 1]);
    if (groups.length === 0 || (typeof node === "object" && node.tag === "h2") || tall) {
      groups.push("");
      length = 0;
    }
    length += textOf(node).length;
    groups[groups.length - 1] += blocks[index] ?? "";
  });
  return groups;
}

/** How many of the first `count` blocks to show, so that a cut email does not end with a heading. */
export function withoutLastHeading(article: readonly Node[], count: number): number {
  if (count === article.length) return count;
  let end = count;
  while (end > 0 && isHeading(article[end - 1])) end--;
  return end;
}

function isHeading(node: Node | undefined): boolean {
  return typeof node === "object" && /^h\d$/.test(node.tag);
}
