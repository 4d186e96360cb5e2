/** Posts as blogs have them, as many as one likes and the same ones in every run. */

/** The post of a number, as a Hugo blog would have it. Of 200 to 2,500 words; a third have code, an eighth a table, some a shortcode. */
export function syntheticPost(number: number): { path: string; text: string } {
  const random = generator(number + 1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const words = (count: number): string =>
    Array.from({ length: count }, () => pick(vocabulary))
      .join(" ")
      .replace(/^\w/, (letter) => letter.toUpperCase());
  const phrase = (): string =>
    pick([
      () => words(3 + Math.floor(random() * 9)),
      () => `${words(4)} **${words(2)}** ${words(3)}`,
      () => `${words(5)} [${words(2)}](https://example.org/${pick(vocabulary)}/${number})`,
      () => `${words(3)} \`${pick(vocabulary)}_${pick(vocabulary)}\` ${words(4)}`,
      () => `${words(6)}, *${words(1)}*, ${words(4)}`,
    ])();
  const paragraph = (): string => `${Array.from({ length: 2 + Math.floor(random() * 5) }, phrase).join(". ")}.`;
  const blocks: (() => string)[] = [
    paragraph,
    paragraph,
    paragraph,
    () => `## ${words(4)}`,
    () => Array.from({ length: 4 }, () => `- ${phrase()}`).join("\n"),
    () => `> ${paragraph()}`,
    () => `![${words(4)}](/img/${pick(vocabulary)}.png)`,
    () =>
      number % 3 === 0
        ? `\`\`\`ts\n${Array.from({ length: 8 }, () => `const ${pick(vocabulary)} = "${words(2)}";`).join("\n")}\n\`\`\``
        : paragraph(),
    () =>
      number % 8 === 0
        ? `| a | b |\n| --- | --- |\n${Array.from({ length: 6 }, () => `| ${words(2)} | ${words(3)} |`).join("\n")}`
        : paragraph(),
    () => (number % 5 === 0 ? `{{% note %}}\n${paragraph()}\n{{% /note %}}` : paragraph()),
  ];
  const body = Array.from({ length: 6 + Math.floor(random() * 36) }, () => pick(blocks)());
  const day = new Date(Date.UTC(2015, 0, 1) + number * 8 * 3_600_000).toISOString();
  const matter = [
    `title: "${words(5)} ${number}"`,
    `date: ${day}`,
    `author: ${pick(["Ada Quill", "Ben Shore", "Cy Mole"])}`,
    `tags: [${pick(vocabulary)}, ${pick(vocabulary)}]`,
    ...(number % 4 === 0 ? [`description: ${words(14)}`] : []),
  ];
  return {
    path: `${day.slice(0, 4)}/post-${number}.md`,
    text: `---\n${matter.join("\n")}\n---\n\n${paragraph()}\n\n${body.join("\n\n")}\n`,
  };
}

const vocabulary =
  "anchor beacon boat buoy cable canvas channel chart coast compass crew current deck depth dock drift ebb eddy ferry flood fog gale gull harbour helm horizon hull island jetty keel knot lantern lagoon lighthouse mast moor net oar pier pilot port quay reef rope rudder sail salt sand shoal shore signal storm swell tide timber tower water wave wharf wind the a of and to with near over under".split(
    " ",
  );

/** Mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
