/** Keeps a mail below the size at which Gmail cuts it off, and the unsubscribe link with it. */

/** Gmail clips at about 102 KB of decoded HTML, counted with CRLF. */
export const htmlBudget = 98 * 1024;

/** Size as it arrives: each line end is two bytes. */
export function mailBytes(html: string): number {
  return Buffer.byteLength(html.replace(/\r?\n/g, "\r\n"));
}

/** Makes the whole mail of the first `blocks` blocks. */
type Render = (blocks: number) => Promise<string>;

/**
 * The first of these mails that is within the budget with all its `count` blocks; else the last one, with as many as
 * the budget allows, found by bisection.
 * @param onCut - learns how many blocks that is, when it isn't all.
 */
export async function withinBudget(
  count: number,
  renders: readonly [Render, ...Render[]],
  onCut: (blocks: number) => void,
): Promise<string> {
  for (const render of renders) {
    const whole = await render(count);
    if (mailBytes(whole) <= htmlBudget) return whole;
  }
  const render = renders.at(-1) ?? renders[0];
  let fits = 0;
  let best = await render(0);
  let tooMany = count;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    const html = await render(middle);
    if (mailBytes(html) <= htmlBudget) {
      fits = middle;
      best = html;
    } else tooMany = middle;
  }
  onCut(fits);
  return best;
}
