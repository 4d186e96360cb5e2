/** Colours, type and measures of a mail, from `templates/theme.yaml`. */

import { z } from "zod";
import { ConfigError } from "#core/errors.ts";
import { parseYaml, YamlError } from "#formats/yaml.ts";
import { contrast } from "./contrast.ts";
import { shades } from "./highlight.ts";

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
  const place = [...path, ...(issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])];
  throw new ConfigError(`${place.join(".") || "theme"}: ${issue?.message}`, {
    file,
    line: document.lineOf(place),
    hint: "templates/theme.yaml of the package has every key.",
  });
}

/** The families that a script needs come first: Latin ones would give it a mixed face. */
export function themeFor(theme: Theme, language: string): Theme {
  const families = scriptFamilies[language.toLowerCase().split("-")[0] ?? ""];
  if (!families) return theme;
  const { text, heading, code } = theme.fonts;
  return { ...theme, fonts: { text: `${families}, ${text}`, heading: `${families}, ${heading}`, code } };
}

const scriptFamilies: Record<string, string> = {
  ja: "'Hiragino Sans', 'Yu Gothic', Meiryo, 'Noto Sans JP', 'Noto Sans CJK JP'",
  zh: "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC'",
  ko: "'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR'",
  ar: "'SF Arabic', 'Segoe UI', Tahoma, 'Noto Sans Arabic'",
};

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
const webAddress = z.url({ protocol: /^https?$/, error: "expected an address that begins with https://" });

/** WCAG 2.2, success criterion 1.4.3. */
const leastContrast = 4.5;

const palette = z
  .strictObject({
    page: colour,
    card: colour,
    ink: colour,
    heading: colour,
    muted: colour,
    line: colour,
    accent: colour,
    onAccent: colour,
    tint: colour,
    code: z.strictObject({
      comment: colour,
      keyword: colour,
      string: colour,
      number: colour,
      name: colour,
      attribute: colour,
    }),
  })
  .superRefine((colours, context) => {
    const { page, card, tint, ink, heading, muted, accent, onAccent, code } = colours;
    const pairs: [path: string[], text: string, ground: string, on: string][] = [
      ...[card, tint].map((on): [string[], string, string, string] => [
        ["ink"],
        ink,
        on,
        on === card ? "card" : "tint",
      ]),
      [["heading"], heading, card, "card"],
      [["heading"], heading, page, "page"],
      [["muted"], muted, card, "card"],
      [["muted"], muted, page, "page"],
      [["accent"], accent, card, "card"],
      [["accent"], accent, tint, "tint"],
      [["onAccent"], onAccent, accent, "accent"],
      ...shades.map((shade): [string[], string, string, string] => [["code", shade], code[shade], tint, "tint"]),
    ];
    for (const [path, text, ground, on] of pairs) {
      const ratio = contrast(text, ground);
      if (ratio >= leastContrast) continue;
      const message = `${text} is hard to read on ${on} (${ground}): contrast ${ratio.toFixed(2)}, ${leastContrast} needed`;
      context.addIssue({ code: "custom", path, message });
    }
  });

const themeSchema = z.strictObject({
  width: pixels(480, 700),
  padding: pixels(16, 64),
  fonts: z.strictObject({ text: fonts, heading: fonts, code: fonts }),
  textSize: pixels(15, 20),
  light: palette,
  dark: palette,
  /** Instead of the site's title at the top. Height in proportion, px as shown. */
  logo: z.strictObject({ image: z.string().min(1), width: pixels(16, 320), height: pixels(16, 120) }).optional(),
  /** A line before the post; `{name}` is the reader's name. */
  greeting: z.string().max(120).default(""),
  /** For `{name}` where nobody gave one. Default: a word of the post's language. */
  reader: z.string().max(60).optional(),
  social: z
    .array(z.strictObject({ name: z.string().min(1).max(40), url: webAddress }))
    .max(8)
    .default([]),
  /** A sentence of the operator's in the footer. */
  footer: z.string().max(400).default(""),
});
