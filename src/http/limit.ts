/** Limits how often one network may act. The counts are in this process's memory. */

export interface Limit {
  /** Uses one request of the network's allowance; `false` if none is left. */
  take(network: string | undefined): boolean;
}

/** More networks than this at the same time are an attack. The oldest are then forgotten, so that the memory does not fill up. */
const mostRemembered = 50_000;

/** @param now - milliseconds. */
export function openLimit(most: number, refillSeconds: number, now: () => number): Limit {
  const allowances = new Map<string, { left: number; at: number }>();
  return {
    take(network = "") {
      const key = prefix(network);
      const time = now();
      const { left, at } = allowances.get(key) ?? { left: most, at: time };
      const filled = Math.min(most, left + ((time - at) / 1000 / refillSeconds) * most);
      allowances.delete(key);
      allowances.set(key, { left: filled >= 1 ? filled - 1 : filled, at: time });
      const [oldest] = allowances.keys();
      if (allowances.size > mostRemembered && oldest !== undefined) allowances.delete(oldest);
      return filled >= 1;
    },
  };
}

/** One household has a whole /64 of IPv6 addresses. */
function prefix(network: string): string {
  if (!network.includes(":")) return network;
  const [head = "", tail] = network.split("::");
  const groups = head.split(":").filter(Boolean);
  const last = tail === undefined ? [] : tail.split(":").filter(Boolean);
  return [...groups, ...Array<string>(Math.max(0, 8 - groups.length - last.length)).fill("0"), ...last]
    .slice(0, 4)
    .join(":");
}
