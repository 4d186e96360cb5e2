/** A mail under each of its subjects. */

import type { Rendition } from "#core/rendition.ts";

/** The same objects for the same rendition: an adapter prepares each mail once. */
const known = new WeakMap<Rendition, Rendition[]>();

/** @param subject - from 1; `null` for a mail that has one. */
export function underSubject(rendition: Rendition, subject: number | null): Rendition {
  if (rendition.medium !== "email" || subject === null || !rendition.subjects) return rendition;
  const all = known.get(rendition) ?? rendition.subjects.map((each) => ({ ...rendition, subject: each }));
  known.set(rendition, all);
  return all[subject - 1] ?? rendition;
}
