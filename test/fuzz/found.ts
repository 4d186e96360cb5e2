/** What once took minutes or ended the process, each as a unit and what it did. Posts are made of as many as fit. */

export const found: readonly [unit: string, did: string, preset?: string][] = [
  ["$$<%", "drew thousands of formulas"],
  ["{$", "drew thousands of formulas"],
  ["---$$==!「\n\n", "drew thousands of formulas"],
  ["$</  !\u200f", "drew thousands of formulas", "eleventy"],
  ["。**a", "looked for the other end of each emphasis to the end of the post"],
  ["<em>**a", "overflowed the stack with open elements"],
  ["<b>!", "overflowed the stack with open elements"],
  ["<svg>", "overflowed the stack with open elements"],
  ["<code>", "overflowed the stack with open elements"],
  ["<pre><a>![", "overflowed the stack with open elements", "gatsby-decap"],
  ["\n\n<b>{%<td><pre><b>", "overflowed the stack with open elements", "jekyll"],
  ["\n- ", "was looked through for each of seventeen mail clients"],
  ["=@\n- <b lang=a>**\n    ", "was looked through for each of seventeen mail clients", "docusaurus"],
  ["import~<!--!", "looked for the end of a tag from each bracket to the end of the post"],
  ["1<!--?|-<%", "looked for the end of a tag from each bracket to the end of the post", "astro"],
];
