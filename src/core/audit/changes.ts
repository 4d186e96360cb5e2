/** What an act has changed, in words. */

export interface Change {
  name: string;
  before: string;
  after: string;
}

/** The values that are others now; none if it is not recorded what there was. */
export function changesOf({ before, after }: { before: unknown; after: unknown }): Change[] {
  if (!isRecord(before) || !isRecord(after)) return [];
  return Object.entries(before)
    .filter(([name]) => name in after)
    .map(([name, value]) => ({ name, before: inWords(value), after: inWords(after[name]) }))
    .filter((change) => change.before !== change.after);
}

export function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
