/** Keeps a mail below the size at which Gmail cuts it off, and the unsubscribe link with it. */

/** Gmail clips at about 102 KB of decoded HTML, counted with CRLF. */
export const htmlBudget = 98 * 1024;

/** Size as it arrives: each line end is two bytes. */
export function mailBytes(html: string): number {
  return Buffer.byteLength(html.replace(/\r?\n/g, "\r\n"));
}

/**
 * Renders as many of `count` blocks as the budget allows, found by bisection.
 * @param render - makes the whole mail of the first `blocks` blocks.
 */
export async function withinBudget(count: number, render: (blocks: number) => Promise<string>): Promise<string> {
  const whole = await render(count);
  if (mailBytes(whole) <= htmlBudget) return whole;
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
  return best;
}
