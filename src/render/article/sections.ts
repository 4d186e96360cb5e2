/** Groups the blocks of an article into cells of the email's layout. */

import { type Node, textOf } from "./tree.ts";

/** Word breaks cells taller than about 1,790 px in two, with a gap: some 3,000 characters of text. */
const tallestSection = 2_500;

/** Groups the printed blocks: a new section at each `h2`, and before a long run of others makes a cell too tall. */
export function sectionsOf(article: readonly Node[], blocks: readonly string[]): string[] {
  const groups: string[] = [];
  let length = 0;
  article.forEach((node, index) => {
    // Not at a heading: where a cell begins, the space above it would add to that below the block before.
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

/** How many of the first `count` blocks to show: a mail that is cut does not end on a heading. */
export function withoutLastHeading(article: readonly Node[], count: number): number {
  if (count === article.length) return count;
  let end = count;
  while (end > 0 && isHeading(article[end - 1])) end--;
  return end;
}

function isHeading(node: Node | undefined): boolean {
  return typeof node === "object" && /^h\d$/.test(node.tag);
}
