/** Replaces `${NAME}` and `${NAME:-default}` in configuration values, so that secrets stay out of the file. */

export interface Interpolated {
  value: unknown;
  /** Variables that were used, with the paths of their values. */
  filled: { name: string; path: (string | number)[] }[];
  /** Variables that are not set and have no default, with the paths of their values. */
  missing: { name: string; path: (string | number)[] }[];
}

const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** Replaces variables in every string below `value`. A missing variable becomes an empty string and is reported. */
export function interpolate(value: unknown, variables: Readonly<Record<string, string | undefined>>): Interpolated {
  const missing: Interpolated["missing"] = [];
  const filled: Interpolated["filled"] = [];
  const visit = (node: unknown, path: (string | number)[]): unknown => {
    if (typeof node === "string")
      return node.replace(variable, (_, name: string, fallback?: string) => {
        if (variables[name]) filled.push({ name, path });
        else if (fallback === undefined) missing.push({ name, path });
        return variables[name] || (fallback ?? "");
      });
    if (Array.isArray(node)) return node.map((item, index) => visit(item, [...path, index]));
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, visit(item, [...path, key])]));
  };
  return { value: visit(value, []), filled, missing };
}
