/** Remembers ten million hashes in eight megabytes: what it has not seen it has never been shown, what it has seen may be a mistake. */

const bits = 2 ** 26;
const probes = 3;

export interface SeenFilter {
  /** Remembers a hash of hex digits. `false`: it was certainly not there; `true`: it may have been (of ten million, one in twenty is wrong). */
  add(hash: string): boolean;
}

/** A Bloom filter (Bloom 1970) over digits that are as good as random already. */
export function seenFilter(): SeenFilter {
  const words = new Uint32Array(bits / 32);
  return {
    add(hash) {
      let seen = true;
      for (let probe = 0; probe < probes; probe++) {
        const bit = Number.parseInt(hash.slice(probe * 8, probe * 8 + 8), 16) % bits;
        const word = words[bit >>> 5] ?? 0;
        const mask = 1 << (bit & 31);
        if ((word & mask) === 0) seen = false;
        words[bit >>> 5] = word | mask;
      }
      return seen;
    },
  };
}
