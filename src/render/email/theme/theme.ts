/** Reads colours, fonts and sizes of emails from `templates/theme.yaml`. */

import { z } from "zod";
import { ConfigError } from "#core/errors.ts";
import { suggestion } from "#core/spelling.ts";
import { parseYaml, YamlError } from "#formats/yaml.ts";
import { shades } from "#render/article/highlight.ts";
import { contrast } from "./contrast.ts";
import { defaults } from "./theme-defaults.ts";

export type Theme = z.infer<typeof themeSchema>;
export type Palette = Theme["light"];

/**
 * Reads a theme. Missing keys get their default values.
 * @param file - only for messages.
 * @throws ConfigError with the line.
 */
export function readTheme(source: string, file: string): Theme {
  const document = parse(source, file);
  const result = themeSchema.safeParse(document.value ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []) as (string | number)[];
  const [unknown] = issue?.code === "unrecognized_keys" ? issue.keys : [];
  const place = unknown === undefined ? path : [...path, unknown];
  const problem = unknown === undefined ? issue?.message : unknownKey(unknown, path);
  throw new ConfigError(`${place.join(".") || "theme"}: ${problem}`, {
    file,
    line: document.lineOf(place),
    hint: "Remove a key to get its default. `postrider init` writes a theme with every key.",
  });
}

function unknownKey(key: string, path: readonly (string | number)[]): string {
  const parent = path.reduce<unknown>((node, part) => (node as Record<string | number, unknown> | undefined)?.[part], {
    ...defaults,
    social: [{ name: "", url: "" }],
    logo: { image: "", width: 0, height: 0 },
  });
  const known = Object.keys(Object(parent));
  return `unknown key; ${suggestion(key, known) || `known: ${known.join(", ")}`}`;
}

/** Font families for the script come first, because Latin fonts would give a mixed look. */
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
    throw new ConfigError(`The theme is not valid YAML: ${(cause as Error).message}`, { file, cause, ...line });
  }
}

/** An error message that also names the value that was found. */
function expected(what: string) {
  return ({ input }: { input?: unknown }): string =>
    `expected ${what}, found ${input === null || input === undefined ? "nothing" : JSON.stringify(input).slice(0, 60)}`;
}

function expectedColour({ input }: { input?: unknown }): string {
  // `ink: #333` is an empty value with a comment.
  if (input === null)
    return 'expected a colour in quotation marks, like "#1a56c4". Without quotation marks, # begins a comment';
  return expected('a colour, like "#1a56c4"')({ input });
}

// Values are put into styles unescaped, so their form is checked.
const colour = z
  .string({ error: expectedColour })
  .regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i, { error: expectedColour })
  .transform((written) => (written.length === 4 ? written.replace(/[0-9a-f]/gi, "$&$&") : written));
const fonts = z
  .string({ error: expected("font names separated by commas") })
  .regex(/^[\p{L}\p{N} ,'"-]+$/u, { error: expected("font names separated by commas") })
  .transform((stack) => stack.replaceAll('"', "'"));
const pixels = (least: number, most: number) => {
  const error = expected(`a whole number from ${least} to ${most}`);
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error });
};
const line = (longest: number) => {
  const error = expected(`at most ${longest} characters`);
  return z.string({ error }).max(longest, { error });
};
const webAddress = z.url({ protocol: /^https?$/, error: expected("an address that begins with https://") });

/** WCAG 2.2, success criterion 1.4.3. */
const leastContrast = 4.5;

const paletteOf = (shipped: typeof defaults.light) => {
  const code = Object.fromEntries(shades.map((shade) => [shade, colour.default(shipped.code[shade])])) as Record<
    (typeof shades)[number],
    z.ZodDefault<typeof colour>
  >;
  return z
    .strictObject({
      page: colour.default(shipped.page),
      card: colour.default(shipped.card),
      ink: colour.default(shipped.ink),
      heading: colour.default(shipped.heading),
      muted: colour.default(shipped.muted),
      line: colour.default(shipped.line),
      accent: colour.default(shipped.accent),
      onAccent: colour.default(shipped.onAccent),
      tint: colour.default(shipped.tint),
      code: z.strictObject(code).prefault({}),
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
        const message = `${text} is hard to read on ${on} (${ground}): the contrast is ${ratio.toFixed(2)} and must be ${leastContrast} or more`;
        context.addIssue({ code: "custom", path, message });
      }
    });
};

const themeSchema = z.strictObject({
  width: pixels(480, 700).default(defaults.width),
  padding: pixels(16, 64).default(defaults.padding),
  fonts: z
    .strictObject({
      text: fonts.default(defaults.fonts.text),
      heading: fonts.default(defaults.fonts.heading),
      code: fonts.default(defaults.fonts.code),
    })
    .prefault({}),
  textSize: pixels(15, 20).default(defaults.textSize),
  light: paletteOf(defaults.light).prefault({}),
  dark: paletteOf(defaults.dark).prefault({}),
  /** Replaces the site's title at the top: a file next to the theme, a file of the site, or an address. Shown width in px. */
  logo: z
    .strictObject({
      image: line(2000).min(1),
      width: pixels(16, 320).default(120),
      /** Default: in proportion to the width, if the file can be measured. */
      height: pixels(16, 120).optional(),
    })
    .optional(),
  /** A line before the post; `{name}` is the reader's name. */
  greeting: line(120).default(defaults.greeting),
  /** Replaces `{name}` for readers without a name. Default: a word in the post's language. */
  reader: line(60).optional(),
  social: z
    .array(z.strictObject({ name: line(40).min(1), url: webAddress }))
    .max(8)
    .default([]),
  /** The operator's sentence in the footer. */
  footer: line(400).default(defaults.footer),
});
