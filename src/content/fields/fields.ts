/** Finds front matter values by meaning: sites use different keys, and the preset lists them in order of preference. */

/** A value and its path, so that a message can name the line. */
export interface Field {
  value: unknown;
  path: readonly string[];
}

/** The value of the first of `keys` that is not null or blank, in upper or lower case. A key with dots selects inside mappings: `image.src`. */
export function pick(data: Readonly<Record<string, unknown>>, keys: readonly string[]): Field | undefined {
  return every(data, keys)[0];
}

/** Like `pick`, but all values, in the order of `keys`. */
export function every(data: Readonly<Record<string, unknown>>, keys: readonly string[]): Field[] {
  const found: Field[] = [];
  for (const key of keys) {
    let value: unknown = data;
    const path: string[] = [];
    for (const name of key.includes(".") ? key.split(".") : [key]) {
      const own = ownKey(value, name);
      path.push(own ?? name);
      value = own === undefined ? undefined : (value as Record<string, unknown>)[own];
    }
    if (!isBlank(value)) found.push({ value, path });
  }
  return found;
}

/** The text of a scalar; `undefined` for other values. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

/** `undefined` for any other value. */
export function yesOrNo(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  const text = textOf(value)?.trim().toLowerCase() ?? "";
  return ["true", "yes", "on"].includes(text) ? true : ["false", "no", "off"].includes(text) ? false : undefined;
}

/** The texts of a list, or a single text, each on one line, without blank ones. */
export function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value])
    .map((each) => (textOf(each) ?? "").replace(/\s+/g, " ").trim())
    .filter((text) => text !== "");
}

/** The first of `keys` in a mapping whose value is a text. */
export function memberText(value: unknown, keys: readonly string[]): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const key of keys) {
    const text = textOf(member(value, key))?.trim();
    if (text) return text;
  }
  return undefined;
}

function member(value: unknown, key: string): unknown {
  const own = ownKey(value, key);
  return own === undefined ? undefined : (value as Record<string, unknown>)[own];
}

/** The key as the mapping spells it. */
function ownKey(value: unknown, key: string): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? key : spellings(value).get(key.toLowerCase());
}

const known = new WeakMap<object, ReadonlyMap<string, string>>();

/** `Draft: true` also counts: Hugo ignores case, and with other generators the author also means a draft. */
function spellings(mapping: object): ReadonlyMap<string, string> {
  const all = known.get(mapping) ?? new Map(Object.keys(mapping).map((key) => [key.toLowerCase(), key]));
  known.set(mapping, all);
  return all;
}

function isBlank(value: unknown): boolean {
  if (typeof value === "string") return value.trim() === "";
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
