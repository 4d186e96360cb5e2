/** Colours, type and measures of a mail, from `templates/theme.yaml`. */

import { z } from "zod";
import { ConfigError } from "#core/errors.ts";
import { parseYaml, YamlError } from "#formats/yaml.ts";

export type Theme = z.infer<typeof themeSchema>;
export type Palette = z.infer<typeof palette>;

/**
 * @param file - for messages only.
 * @throws ConfigError with the line.
 */
export function readTheme(source: string, file: string): Theme {
  const document = parse(source, file);
  const result = themeSchema.safeParse(document.value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []) as (string | number)[];
  throw new ConfigError(`${path.join(".") || "theme"}: ${issue?.message}`, {
    file,
    line: document.lineOf(path),
    hint: "templates/theme.yaml of the package has every key.",
  });
}

function parse(source: string, file: string) {
  try {
    return parseYaml(source);
  } catch (cause) {
    const line = cause instanceof YamlError ? { line: cause.line } : {};
    throw new ConfigError(`The theme is not YAML: ${(cause as Error).message}`, { file, cause, ...line });
  }
}

// Values go into style attributes and style sheets as they are, so their form is checked and not escaped.
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, "expected a colour of six hexadecimal digits, like #1a56c4");
const fonts = z
  .string()
  .regex(/^[\p{L}\p{N} ,'"-]+$/u, "expected font names with commas between")
  .transform((stack) => stack.replaceAll('"', "'"));
const pixels = (least: number, most: number) => z.number().int().min(least).max(most);

const palette = z.strictObject({
  page: colour,
  card: colour,
  ink: colour,
  heading: colour,
  muted: colour,
  line: colour,
  accent: colour,
  onAccent: colour,
  tint: colour,
  // Colours of code, on the tint.
  code: z.strictObject({ keyword: colour, text: colour, comment: colour, value: colour, name: colour }),
});

const themeSchema = z.strictObject({
  width: pixels(480, 700),
  padding: pixels(16, 64),
  fonts: z.strictObject({ text: fonts, heading: fonts, code: fonts }),
  textSize: pixels(15, 20),
  light: palette,
  dark: palette,
});
