/** Posts that somebody might write to keep a reader busy: each is made from a number, so that a run can be repeated. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { randomFrom } from "../support/random.ts";

/** One repeated piece of a post. */
export interface Part {
  unit: string;
  count: number;
}

/** Everything that makes the post: small, whatever the size of the post. */
export interface Recipe {
  preset: string;
  /** The file's name; `.mdx` makes some presets read components. */
  name: string;
  /** Joined by this. */
  between: string;
  parts: Part[];
}

export const presets = ["plain", "gatsby-decap", "hugo", "jekyll", "astro", "docusaurus", "eleventy", "hexo", "zola"];

/** What means something to Markdown, to HTML, to a template language or to TeX. `\n` and letters are there to end it. */
const markers =
  "$ $$ {$ <% %> {{ }} {% %} {{< >}} * ** *** _ __ ~ ~~ ` `` ``` ~~~ [ ] ( ) ]( ][ ! ![ < > /> </ <em> </em> <b> <i> <a> <p> <svg> <code> <pre> <table> <td> <li> <ul> <div> </div> <details> <b\u00a0lang=a> <!-- --> | --- |- # > - + 1. : :: ::: :::note = == === % %% & &amp; &#0; ; ^ [^1] [^1]: [a]: {: {# {. } \\ \\( / // http:// www. @ a@b.c , . ! ? import export <Foo <Foo> </Foo> <host> 。 「 」 é a b 1 \u200f \u{1f600}"
    .split(" ")
    .map((marker) => marker.replaceAll("\u00a0", " "))
    .concat(["\n", "\n\n", " ", "  ", "\t", "\n> ", "\n- ", "\n    ", "| a |\n|---|\n"]);

/** The same numbers again for the same seed. */
export interface Random {
  /** From 0 to `below` - 1. */
  integer(below: number): number;
  pick<T>(from: readonly T[]): T;
}

/** Mulberry32: the same numbers for the same seed on every machine. */
export function randomOf(seed: number): Random {
  const next = randomFrom(seed);
  const integer = (below: number): number => Math.floor(next() * below);
  return {
    integer,
    pick: (from) => {
      const found = from[integer(from.length)];
      if (found === undefined) throw new Error("There is nothing to pick from");
      return found;
    },
  };
}

const samples = ["everything", "plain", "rtl"].map((name) =>
  readFileSync(fileURLToPath(new URL(`../golden/render/posts/${name}.md`, import.meta.url)), "utf8"),
);

/** The recipe of a number. @param bytes - of the post, about */
export function recipeOf(seed: number, bytes: number): Recipe {
  const random = randomOf(seed);
  const preset = random.integer(3) === 0 ? random.pick(presets) : "plain";
  const name = random.integer(4) === 0 ? "2026-05-04-a.mdx" : "2026-05-04-a.md";
  const shape = random.integer(10);
  const between = random.pick(["", "", "\n", "\n\n"]);
  const parts =
    shape < 5
      ? [repeated(unitOf(random), bytes)]
      : shape < 7
        ? mixed(random, bytes)
        : shape < 9
          ? nested(random, bytes)
          : mutated(random, bytes);
  return { preset, name, between, parts };
}

function unitOf(random: Random): string {
  return Array.from({ length: 1 + random.integer(8) }, () => random.pick(markers)).join("");
}

function repeated(unit: string, bytes: number): Part {
  return { unit, count: Math.max(1, Math.floor(bytes / Buffer.byteLength(unit))) };
}

/** A few units one after the other: what the first opens, the last may close. */
function mixed(random: Random, bytes: number): Part[] {
  const count = 2 + random.integer(4);
  return Array.from({ length: count }, () => repeated(unitOf(random), bytes / count));
}

/** Openings, then something, then closings. */
function nested(random: Random, bytes: number): Part[] {
  const [open, close] = random.pick([
    ["<b>", "</b>"],
    ["<div>\n", "</div>\n"],
    ["<svg>", "</svg>"],
    ["<table><tr><td>", "</td></tr></table>"],
    ["[", "](a)"],
    ["![", "](a)"],
    ["**a ", " a**"],
    ["*", "*"],
    ["~~a ", " a~~"],
    ["> ", "\n"],
    ["- ", "\n"],
    ["{{< note >}}\n", "{{< /note >}}\n"],
    ["{% note %}", "{% endnote %}"],
    ["<Tabs>\n", "</Tabs>\n"],
    [":::note\n", ":::\n"],
    ["$\\frac{", "}{a}$"],
    ["$${", "}$$\n"],
    ["```math\n{", "}\n```\n"],
    ["(", ")"],
    ["<details><summary>", "</summary></details>"],
  ] as const);
  const inside = unitOf(random);
  const third = bytes / 3;
  return [
    repeated(open, third),
    { unit: inside, count: 1 + random.integer(200) },
    { ...repeated(close, third), count: repeated(open, third).count },
  ];
}

/** A sample post, again and again, with markers put into it and pieces left out. */
function mutated(random: Random, bytes: number): Part[] {
  let text = random.pick(samples);
  for (let edit = 1 + random.integer(30); edit > 0; edit--) {
    const at = random.integer(text.length);
    const end = at + random.integer(random.integer(4) === 0 ? 200 : 3);
    text = text.slice(0, at) + (random.integer(3) === 0 ? "" : unitOf(random)) + text.slice(end);
  }
  return [repeated(`${text.toWellFormed()}\n`, bytes)];
}

/** The post, with a front matter that has nothing wrong with it. */
export function textOf({ parts, between }: Pick<Recipe, "parts" | "between">): string {
  const body = parts.map(({ unit, count }) => unit.repeat(count)).join(between);
  return `---\ntitle: Ebb\ndate: 2026-05-04\n---\n${body}\n`;
}

/** As it is written into a report and into the list of found posts. */
export function named({ preset, name, between, parts }: Recipe): string {
  return JSON.stringify({ preset, name, between, parts });
}
