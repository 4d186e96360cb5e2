/** Values of options that several commands take. */

import { InvalidArgumentError } from "commander";

/** `a, b` -> `["a", "b"]`. */
export function commaSeparated(value: string): string[] {
  const names = value
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length === 0) throw new InvalidArgumentError("expected names separated by commas");
  return names;
}
