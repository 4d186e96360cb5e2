/** Keeps an email below the size at which Gmail cuts it off, together with its unsubscribe link. */

/** In bytes. Gmail cuts at about 102 KB of decoded HTML, counted with CRLF. */
export const htmlBudget = 98_000;
/** In bytes. Reserve for addresses, which are longer than the slots that they replace. */
const slotReserve = 1_000;

/** The size of the email as it arrives: each line end is two bytes. */
export function mailBytes(html: string): number {
  return Buffer.byteLength(html.replace(/\r?\n/g, "\r\n"));
}

/** How much of an article an email shows: whole blocks, and some pieces of the next block. */
export interface Cut {
  blocks: number;
  pieces: number;
}

/** One version of an email. */
export interface Printing {
  /** The smallest size of each block, in bytes. */
  sizes: readonly number[];
  render(cut: Cut): Promise<string>;
}

/**
 * The first of these emails that fits the budget with all its blocks. If none does, the last one with as much of it
 * as fits: whole blocks if a block ends near the limit, else a part of the next block.
 * @param piecesOf - into how many pieces a block can be cut; 0 if it can't.
 */
export async function withinBudget(
  printings: readonly [Printing, ...Printing[]],
  piecesOf: (block: number) => number,
): Promise<{ html: string; cut: Cut | null }> {
  for (const { sizes, render } of printings) {
    const most = htmlBudget - slotReserve;
    if (sizes.reduce((sum, size) => sum + size, 0) > most) continue;
    const html = await render({ blocks: sizes.length, pieces: 0 });
    if (fits(html)) return { html, cut: null };
  }
  const { sizes, render } = printings.at(-1) ?? printings[0];
  const cuts = new Map<string, string>();
  const tryCut = async (cut: Cut): Promise<boolean> => {
    const html = await render(cut);
    if (fits(html)) cuts.set(JSON.stringify(cut), html);
    return fits(html);
  };
  const blocks = await largest(reachable(sizes), (count) => tryCut({ blocks: count, pieces: 0 }));
  const whole = cuts.get(JSON.stringify({ blocks, pieces: 0 })) ?? (await render({ blocks, pieces: 0 }));
  const cut = { blocks, pieces: 0 };
  // If a block ends near the limit, the email ends there. Only a long block is cut.
  if (htmlBudget - slotReserve - mailBytes(whole) < worthCutting) return { html: whole, cut };
  const pieces = await largest(piecesOf(blocks) - 1, (count) => tryCut({ blocks, pieces: count }));
  const html = cuts.get(JSON.stringify({ blocks, pieces }));
  return html === undefined ? { html: whole, cut } : { html, cut: { blocks, pieces } };
}

/** In bytes. If less than this would stay unused, no block is cut. */
const worthCutting = 20_000;

function fits(html: string): boolean {
  return mailBytes(html) <= htmlBudget - slotReserve;
}

/** The maximum number of blocks that could fit. */
function reachable(sizes: readonly number[]): number {
  let sum = 0;
  const beyond = sizes.findIndex((size) => {
    sum += size;
    return sum > htmlBudget;
  });
  return beyond === -1 ? sizes.length : beyond;
}

/** The largest number up to `most` for which `holds` is true, or 0. Small numbers are tried first because they cost less. */
async function largest(most: number, holds: (count: number) => Promise<boolean>): Promise<number> {
  let good = 0;
  let bad = 1;
  while (bad <= most && (await holds(bad))) {
    good = bad;
    bad *= 2;
  }
  bad = Math.min(bad, most + 1);
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (await holds(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
