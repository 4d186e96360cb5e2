/** All rules of `check` by code, with severity and meaning. The guide and the site's settings use this table. */

import { ConfigError } from "#core/errors.ts";
import type { Diagnostic, Severity } from "#core/posts/diagnostic.ts";

/** `about` completes the sentence "The post …" or "Its … ". One line for the guide. */
export interface Rule {
  severity: Severity;
  about: string;
  /** No post can be made without it: it can't be switched. */
  fixed?: true;
}

const table = {
  "missing-file": { severity: "error", fixed: true, about: "The file doesn't exist." },
  "not-a-file": { severity: "error", fixed: true, about: "The path is a folder or a device." },
  "unreadable-file": { severity: "error", fixed: true, about: "The file can't be read." },
  "file-too-big": { severity: "error", fixed: true, about: "The file is larger than 2 MB." },
  "not-text": { severity: "error", fixed: true, about: "The file is binary or not UTF-8." },
  "empty-file": { severity: "error", fixed: true, about: "The file is empty." },
  "too-slow": { severity: "error", fixed: true, about: "Reading took longer than 5 seconds." },

  "front-matter-unclosed": {
    severity: "error",
    fixed: true,
    about: "The front matter is not closed: a line such as `---` is missing after it.",
  },
  "front-matter-language": {
    severity: "error",
    fixed: true,
    about: "The front matter has another format than YAML, TOML or JSON.",
  },
  "front-matter-too-big": {
    severity: "error",
    fixed: true,
    about: "The front matter is too long or too deeply nested.",
  },
  "front-matter-syntax": { severity: "error", fixed: true, about: "The front matter can't be parsed." },
  "front-matter-not-a-mapping": {
    severity: "error",
    fixed: true,
    about: "The front matter isn't a list of keys and values.",
  },
  "front-matter-quotes": {
    severity: "warning",
    about: "A quoted value continues on the next line without indentation.",
  },
  "cut-value": {
    severity: "warning",
    about:
      "YAML removes a part of a text without quotes (` #…`, `&…`, `!…`), because it reads it as a comment or a mark.",
  },
  "duplicate-key": { severity: "warning", about: "A key is used twice. The last value counts." },

  "no-title": {
    severity: "error",
    about: "There is no title, and no heading that could be the title. The file name would be used.",
  },
  "untrimmed-title": { severity: "warning", about: "The title begins or ends with spaces." },
  "no-date": {
    severity: "error",
    fixed: true,
    about: "There is no date in the front matter, the file name or the folder.",
  },
  "bad-date": { severity: "warning", about: "A date can't be read. Another date of the post is used." },
  "draft-without-date": { severity: "warning", about: "A draft has no date yet." },
  "bad-permalink": {
    severity: "error",
    fixed: true,
    about: "The address of the post is not valid, or can't be made from the permalink pattern.",
  },
  "bad-language": { severity: "warning", about: "The language isn't a BCP 47 tag." },
  "unclear-draft": { severity: "warning", about: "The draft setting is neither true nor false." },
  expired: { severity: "error", about: "The post's expiry date has passed." },
  "no-summary": { severity: "warning", about: "The post has no text to use as a summary." },
  "empty-body": { severity: "error", about: "The post has no text after the front matter." },

  "template-syntax": {
    severity: "error",
    about: "Readers see template syntax that the site's generator would replace.",
  },
  "field-residue": {
    severity: "error",
    about: "The title or another text of the front matter contains template syntax or a note to the author.",
  },
  "module-syntax": { severity: "error", about: "Readers see an MDX `import` or `export` line." },
  "unresolved-reference": { severity: "error", about: "A reference link has no definition." },
  "broken-link": { severity: "error", about: "A link is not recognised and is shown as raw Markdown." },
  placeholder: { severity: "error", about: "A link has a placeholder instead of an address." },
  todo: { severity: "warning", about: "Readers see a note to the author." },
  "unknown-shortcode": {
    severity: "error",
    about: "A shortcode, tag or component is unknown to Postrider.",
  },
  "unknown-directive": {
    severity: "warning",
    about: "A `:::` block has an unknown name. Its content becomes normal text.",
  },
  "mdx-expression": { severity: "warning", about: "Readers see an MDX expression in braces." },
  "left-out": { severity: "warning", about: "Pictures that only the generator can find are left out." },
  "hidden-image": { severity: "warning", about: "An image whose address only the generator knows is left out." },
  "missing-image": { severity: "warning", about: "The file of a picture doesn't exist." },
  "dead-post-link": {
    severity: "error",
    about: "A link or reference leads to a post that isn't in the content folder.",
  },
  "generator-syntax": {
    severity: "warning",
    about:
      "Markup of a generator or editor (`:::`, `{: .x}`, `{#id}`, `[^1]`, `[[page]]`, `!!! note`) is visible to readers.",
  },

  "visible-emphasis": {
    severity: "warning",
    about: "Asterisks are visible because Markdown doesn't read them as emphasis.",
  },
  "broken-comment": { severity: "warning", about: "An HTML comment is mistyped, so readers see it." },
  "unspaced-heading": {
    severity: "warning",
    about: "A line looks like a heading, but there is no space after the `#`.",
  },

  "spaced-link": {
    severity: "warning",
    about: "There is a space between the text and the address of a link, so it is not a link.",
  },
  "visible-math": { severity: "warning", about: "A formula in `\\\\(…\\\\)` is shown as TeX." },
  "broken-table": {
    severity: "warning",
    about: "A table has no line of dashes, so its rows are shown as text with vertical bars.",
  },
  "unclosed-fence": {
    severity: "warning",
    about: "A code block is not closed, so the rest of the post is shown as code.",
  },
  "merge-conflict": { severity: "error", about: "The text contains merge conflict markers." },
  "broken-letters": { severity: "warning", about: "Characters are in the wrong encoding, such as `Ã©`." },

  "too-many-marks": {
    severity: "error",
    about: "A paragraph has too many Markdown marks and is shown as source text.",
  },
  "table-too-large": { severity: "error", about: "A table has more than 20,000 cells and is shown as source text." },
  "too-deep": {
    severity: "warning",
    about: "Quotes and lists are nested more than 40 levels deep, or HTML elements more than 100.",
  },
  "too-many-formulas": {
    severity: "warning",
    about:
      "There are more than 150 different formulas or 4,000 characters of TeX. The other formulas are shown as TeX.",
  },
  "formula-too-large": {
    severity: "warning",
    about: "A formula has more than 1,000 characters or 20 levels of braces and is shown as TeX.",
  },

  "link-without-scheme": {
    severity: "warning",
    about: "A link has no `https://`, so it leads to the post's own site.",
  },
  "malformed-scheme": { severity: "warning", about: "A link begins with a mistyped or unknown scheme." },
  "bracketed-link": { severity: "warning", about: "An address is in square brackets, which is not a Markdown link." },
  "empty-link": { severity: "warning", about: "A link has no address." },
  "local-link": { severity: "warning", about: "A link leads to the author's own machine or network." },

  "staging-link": { severity: "warning", about: "A link or image leads to a staging or preview host." },
  "dead-link": { severity: "warning", about: "The page of a link is gone. Only `check --links` looks for this." },

  "duplicate-title": {
    severity: "warning",
    about: "Another post has the same title. Found when several posts are checked.",
  },
  "duplicate-url": {
    severity: "error",
    about: "Another post has the same address. Found when several posts are checked.",
  },

  "draft-link": {
    severity: "warning",
    about: "A link leads to a draft, which readers can't open. Found when several posts are checked.",
  },

  "literal-alt": { severity: "warning", about: "The alternative text of an image is a placeholder." },
  "missing-alt": { severity: "warning", about: "An image has no alternative text." },
  "body-h1": { severity: "warning", about: "The text has headings of level 1, like the title." },
  "unknown-tag": {
    severity: "warning",
    about: "A word in angle brackets looks like an HTML tag, but no such element exists.",
  },

  "note-too-long": { severity: "warning", about: "A social post is longer than its network allows." },
  "note-cut": {
    severity: "warning",
    about: "The author's own text for a network is too long, and its end is cut off.",
  },
  "note-empty": { severity: "warning", about: "A social post has space only for the link." },
  "note-without-alt": { severity: "warning", about: "The picture of a social post has no alternative text." },
  "note-private-link": {
    severity: "warning",
    about: "A social post links to an address that only works on this machine or network.",
  },
  "unknown-network": {
    severity: "warning",
    about: "The front matter has a setting for an unknown network. Its name is similar to a known one.",
  },
} as const satisfies Record<string, Rule>;

export type Code = keyof typeof table;

/** All rules, in the order in which the guide lists them. */
export const rules: Readonly<Record<Code, Rule>> = table;

/** A finding of the rule `code`. `line` counts from 1 in the source file; `message` says what is wrong and what to do. */
export function finding(code: Code, line: number, message: string): Diagnostic {
  return { severity: rules[code].severity, code, line, message };
}

/** What a site makes of single rules: `off`, or another severity. */
export type Switches = ReadonlyMap<string, Severity | "off">;

/** Codes that `content.checks` may name. */
export const switchableRules: readonly string[] = Object.keys(table).filter(
  (code) => !("fixed" in table[code as Code]),
);

/** Throws `ConfigError` for a code that no rule has, and for a rule that can't be switched. */
export function assertSwitches(checks: Readonly<Record<string, Severity | "off">>): Switches {
  for (const code of Object.keys(checks)) {
    const rule = Object.hasOwn(rules, code) ? rules[code as Code] : undefined;
    if (rule && !("fixed" in rule)) continue;
    throw new ConfigError(rule ? `The rule "${code}" can't be switched` : `There is no rule "${code}"`, {
      hint: rule ? "Postrider can't send a post that breaks this rule" : "docs/guides/checks.md lists the rules",
    });
  }
  return new Map(Object.entries(checks));
}

/** The finding as the site wants it; `null` when the rule is off. */
export function switched(diagnostic: Diagnostic, switches: Switches): Diagnostic | null {
  const severity = switches.get(diagnostic.code) ?? diagnostic.severity;
  return severity === "off" ? null : { ...diagnostic, severity };
}
