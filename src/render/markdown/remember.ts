/** Caches parsed bodies: one post is parsed for the outline, the email, the feed and the fidelity report. */

/** Wraps `make`, which must have no side effects, with a cache of its last results. A call that was stopped is not cached. */
export function remembering<T>(make: (text: string) => T, most = 3): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = make(text);
    known.set(text, made);
    for (const oldest of [...known.keys()].slice(0, -most)) known.delete(oldest);
    return made;
  };
}
