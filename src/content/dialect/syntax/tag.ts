/**
 * A tag of any syntax (shortcode, Liquid tag, component, directive): position, name, arguments, and maybe a closing
 * tag.
 */

export interface Tag {
  /** The syntax of the tag. An end only matches a beginning of the same syntax. */
  syntax: "shortcode" | "liquid" | "tera" | "jsx" | "directive";
  /** `both` is a single tag or an opening tag, depending on whether a closing tag follows. */
  role: "both" | "end" | "single";
  /** As written. */
  name: string;
  args: Arguments;
  /** Offset in the body, in UTF-16 units. */
  start: number;
  end: number;
}

export interface Arguments {
  /** As written, trimmed. */
  text: string;
  positional: string[];
  /** By name in lower case. */
  named: Map<string, string>;
}

/** The first of `names` whose named argument is not empty. */
export function named({ named: values }: Arguments, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = values.get(name)?.trim();
    if (value) return value;
  }
  return undefined;
}

/** `a "b c" name="value" other=1 lang:js id={x}`: as Hugo, Liquid, Nunjucks, Tera and JSX write arguments. Linear. */
export function parseArguments(text: string, evaluate: (expression: string) => string | null = () => null): Arguments {
  const args: Arguments = { text: text.trim(), positional: [], named: new Map() };
  for (const { groups = {} } of text.matchAll(argument).take(maxArguments)) {
    const { name, double, single, back, braces, bare } = groups;
    const literal = double ?? single ?? back ?? (braces === undefined ? bare : (evaluate(braces.trim()) ?? ""));
    const value = literal ?? "";
    if (name !== undefined) args.named.set(name.toLowerCase(), value);
    else if (value !== "") args.positional.push(value);
  }
  return args;
}

const maxArguments = 50;

const argument =
  /(?:(?<name>[A-Za-z_@][\w:.-]{0,60}?)\s{0,5}[=:]\s{0,5}(?!\/\/))?(?:"(?<double>(?:[^"\\]|\\.){0,1000})"|'(?<single>(?:[^'\\]|\\.){0,1000})'|`(?<back>[^`]{0,1000})`|\{(?<braces>[^{}]{0,1000})\}|(?<bare>[^\s"'`{},=]{1,1000}))/g;
