/** The settings of `postrider.yaml` with their lines, for people. Values that may be secret are hidden. */

import { basename } from "node:path";
import type { Configuration } from "#config/site/site.ts";

export interface ShownSettings {
  file: string;
  settings: { name: string; value: string; line: number | null }[];
}

const secretName = /secret|token|password|key$/i;
/** A password in an address. */
const credentials = /(?<=\/\/)[^/@\s]+@/;

export function shownSettings({ file, written, lineOf }: Configuration): ShownSettings {
  const settings: ShownSettings["settings"] = [];
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value === "object" && value !== null) {
      for (const [name, each] of Object.entries(value))
        walk(each, [...path, Array.isArray(value) ? Number(name) : name]);
      return;
    }
    settings.push({ name: path.join("."), value: shown(String(path.at(-1)), String(value)), line: lineOf(path) });
  };
  walk(written, []);
  return { file: basename(file), settings };
}

/** A name of a variable is no secret. */
function shown(name: string, value: string): string {
  if (/^\$\{\w+\}$/.test(value)) return value;
  return secretName.test(name) ? "hidden" : value.replace(credentials, "hidden@");
}
