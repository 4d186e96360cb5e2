/** What reads something that others wrote, and how its broken inputs are made from numbers. */

import { type Random, randomOf } from "./hostile-posts.ts";

export interface Reader {
  /** Sound inputs, which are broken in many ways. */
  seeds: readonly string[];
  /** Means something to this reader. */
  markers: readonly string[];
  /** Breaks a sound input. Default: cuts and repeats it, and puts markers and strange bytes into it. */
  broken?(seed: string, random: Random): Buffer;
  /** Opens what reading needs, once. Its time does not count. */
  open?(): Promise<void>;
  read(input: Buffer): unknown;
  /** Inputs between two posts. Default: `inputsForPost`. */
  atOnce?: number;
}

/** As many as take about as long as a post. */
export const inputsForPost = 50;
const mostBytes = 100_000;

/** The input of a number. */
export function inputOf({ seeds, markers, broken }: Reader, number: number): Buffer {
  const random = randomOf(number);
  const seed = random.pick(seeds);
  return broken ? broken(seed, random) : brokenText(seed, markers, random);
}

export function brokenText(seed: string, markers: readonly string[], random: Random): Buffer {
  let bytes = Buffer.from(seed);
  for (let edit = 1 + random.integer(20); edit > 0; edit--) {
    const at = random.integer(bytes.length + 1);
    const end = at + (random.integer(3) === 0 ? random.integer(bytes.length + 1 - at) : random.integer(3));
    bytes = Buffer.concat([bytes.subarray(0, at), inserted(random, markers, bytes), bytes.subarray(end)]);
    if (bytes.length > mostBytes) bytes = bytes.subarray(0, mostBytes);
  }
  return bytes;
}

function inserted(random: Random, markers: readonly string[], bytes: Buffer): Buffer {
  const kind = random.integer(10);
  if (kind === 0) return Buffer.from([random.integer(256), random.integer(256)]);
  if (kind === 1 && bytes.length > 0) return bytes.subarray(0, random.integer(Math.min(bytes.length, 5_000)));
  const unit = Array.from({ length: 1 + random.integer(4) }, () => random.pick(markers)).join("");
  return Buffer.from(unit.repeat(kind < 4 ? 1 + random.integer(8_000) : 1));
}

/**
 * JSON in which some values are missing, repeated, or of another kind. It can still be parsed.
 * @param deepest - arrays in one another; `JSON.stringify` can write a few thousand.
 */
export function brokenJson(seed: string, markers: readonly string[], random: Random, deepest = 3_000): string {
  const root: { value: unknown } = { value: JSON.parse(seed) };
  for (let edit = 1 + random.integer(4); edit > 0; edit--) {
    const { holder, key } = random.pick(placesIn(root));
    const values = holder as Record<string, unknown>;
    switch (random.integer(8)) {
      case 0:
        if (holder !== root) delete values[key];
        break;
      case 1:
        if (Array.isArray(holder)) holder.push(...Array(random.integer(300)).fill(holder[Number(key)]));
        break;
      default:
        values[key] = strangeValue(markers, random);
    }
  }
  const depth = 1 + random.integer(deepest);
  return JSON.stringify(root.value, (_, value: unknown) => (value === undefined ? null : value))
    .replaceAll(`"${deep}"`, "[".repeat(depth) + "]".repeat(depth))
    .slice(0, 2 * mostBytes);
}

/** Stands for arrays in one another, which are too deep to be written by `JSON.stringify`. */
const deep = "@deep";

interface Place {
  holder: object;
  key: string;
}

function placesIn(holder: object): Place[] {
  return Object.entries(holder).flatMap(([key, value]: [string, unknown]) => [
    { holder, key },
    ...(typeof value === "object" && value !== null ? placesIn(value) : []),
  ]);
}

function strangeValue(markers: readonly string[], random: Random): unknown {
  const text = Array.from({ length: 1 + random.integer(4) }, () => random.pick(markers)).join("");
  return random.pick<unknown>([
    ...[null, true, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER, "", "\u0000", "a\u0000b", "\ud800", "\udc00\ud83d"],
    ...[[], {}, [[]], [null], deep, JSON.parse('{"__proto__":{"a":1},"constructor":1}')],
    ...[text, text, text.repeat(random.integer(5_000)), `${text}\u0000${text}`],
  ]);
}
