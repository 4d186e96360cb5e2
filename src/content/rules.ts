/** Every finding about a post by its code: how grave it is and what it is about. The guide and the switches stand on this table. */

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
  "missing-file": { severity: "error", fixed: true, about: "The file isn't there." },
  "not-a-file": { severity: "error", fixed: true, about: "The path names a folder or a device." },
  "unreadable-file": { severity: "error", fixed: true, about: "The file can't be opened." },
  "file-too-big": { severity: "error", fixed: true, about: "The file has more than 2 MB." },
  "not-text": { severity: "error", fixed: true, about: "The file is binary or not UTF-8." },
  "empty-file": { severity: "error", fixed: true, about: "The file has nothing in it." },
  "too-slow": { severity: "error", fixed: true, about: "Reading took longer than 5 seconds." },

  "front-matter-unclosed": { severity: "error", fixed: true, about: "The front matter has no closing fence." },
  "front-matter-language": {
    severity: "error",
    fixed: true,
    about: "The front matter names a language other than YAML, TOML, JSON.",
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
  "front-matter-quotes": { severity: "warning", about: "A quoted value runs on without indentation." },
  "cut-value": {
    severity: "warning",
    about: "A part of an unquoted text (` #…`, `&…`, `!…`) is a comment or a mark to YAML and missing.",
  },
  "duplicate-key": { severity: "warning", about: "A key is given twice; the last one counts." },

  "no-title": {
    severity: "error",
    about: "There is no title and no heading to take it from; the file name would stand for it.",
  },
  "untrimmed-title": { severity: "warning", about: "The title has white space at an end." },
  "no-date": { severity: "error", fixed: true, about: "No date in the front matter, the file name or the folder." },
  "bad-date": { severity: "warning", about: "A date can't be understood and another source was used." },
  "draft-without-date": { severity: "warning", about: "A draft has no date yet." },
  "bad-permalink": { severity: "error", fixed: true, about: "The address of the post can't be formed." },
  "bad-language": { severity: "warning", about: "The language isn't a BCP 47 tag." },
  "unclear-draft": { severity: "warning", about: "The draft switch is neither true nor false." },
  expired: { severity: "error", about: "The post's expiry date has passed." },
  "no-summary": { severity: "warning", about: "No text can serve as the summary." },
  "empty-body": { severity: "error", about: "There is nothing after the front matter." },

  "template-syntax": {
    severity: "error",
    about: "Template syntax that the site's generator would replace is visible.",
  },
  "field-residue": {
    severity: "error",
    about: "The title or another text of the front matter holds template syntax or a note to the author.",
  },
  "module-syntax": { severity: "error", about: "An MDX `import` or `export` line is visible." },
  "unresolved-reference": { severity: "error", about: "A reference link has no definition." },
  "broken-link": { severity: "error", about: "A link isn't recognised and shows as raw Markdown." },
  placeholder: { severity: "error", about: "A placeholder stands where a link should." },
  todo: { severity: "warning", about: "A note to the author is visible." },
  "unknown-shortcode": {
    severity: "error",
    about: "A shortcode, tag or component means something that only the site's generator knows.",
  },
  "unknown-directive": {
    severity: "warning",
    about: "A `:::` block has a name without a meaning here; its content stays.",
  },
  "mdx-expression": { severity: "warning", about: "An MDX expression in braces is visible." },
  "left-out": { severity: "warning", about: "Pictures that only the generator can find are left out." },
  "hidden-image": { severity: "warning", about: "An image whose address only the generator knows is left out." },
  "missing-image": { severity: "warning", about: "The file of a picture isn't there." },
  "dead-post-link": { severity: "error", about: "A link or reference names a post that isn't in the content folder." },
  "generator-syntax": {
    severity: "warning",
    about: "Markup of a generator or editor (`:::`, `{: .x}`, `{#id}`, `[^1]`, `[[page]]`, `!!! note`) is visible.",
  },

  "visible-emphasis": { severity: "warning", about: "Asterisks show because Markdown doesn't take them for emphasis." },
  "broken-comment": { severity: "warning", about: "An HTML comment is mistyped and visible." },
  "unspaced-heading": { severity: "warning", about: "A line looks like a heading without the blank after `#`." },

  "spaced-link": { severity: "warning", about: "A blank parts the text of a link from its address, and both show." },
  "visible-math": { severity: "warning", about: "A formula in `\\\\(…\\\\)` shows as TeX." },
  "broken-table": {
    severity: "warning",
    about: "Rows of a table show their bars, because the line of dashes is missing.",
  },
  "unclosed-fence": {
    severity: "warning",
    about: "A block of code is never closed, and the rest of the post is in it.",
  },
  "merge-conflict": { severity: "error", about: "The marks of an unfinished merge are in the text." },
  "broken-letters": { severity: "warning", about: "Letters are in the wrong encoding, as in `Ã©`." },

  "too-many-marks": {
    severity: "error",
    about: "A paragraph has more marks than can be read in time and shows as it is written.",
  },
  "table-too-large": { severity: "error", about: "A table has more than 20,000 cells and shows as it is written." },
  "too-deep": {
    severity: "warning",
    about: "Quotes and lists are nested more than 40 deep, or elements of HTML more than 100.",
  },
  "too-many-formulas": {
    severity: "warning",
    about: "There are more than 150 different formulas or 4,000 characters of TeX; the rest stays TeX.",
  },
  "formula-too-large": {
    severity: "warning",
    about: "A formula has more than 1,000 characters or 20 levels of braces and stays TeX.",
  },

  "link-without-scheme": { severity: "warning", about: "A link lacks `https://` and leads into the post's own site." },
  "malformed-scheme": { severity: "warning", about: "A link begins with a mistyped or unknown scheme." },
  "bracketed-link": { severity: "warning", about: "An address in square brackets isn't a Markdown link." },
  "empty-link": { severity: "warning", about: "A link has no target." },
  "local-link": { severity: "warning", about: "A link leads to the author's own machine or network." },

  "staging-link": { severity: "warning", about: "A link or image leads to a staging or preview host." },
  "dead-link": { severity: "warning", about: "A link's page is gone. Looked up with `check --links` only." },

  "duplicate-title": {
    severity: "warning",
    about: "Another post has the same title. Seen when several posts are checked.",
  },
  "duplicate-url": {
    severity: "error",
    about: "Another post has the same address. Seen when several posts are checked.",
  },

  "draft-link": {
    severity: "warning",
    about: "A link leads to a draft, which nobody can open. Seen when several posts are checked.",
  },

  "literal-alt": { severity: "warning", about: "The alternative text of an image is an editor's filler." },
  "missing-alt": { severity: "warning", about: "An image has no alternative text." },
  "body-h1": { severity: "warning", about: "The body has headings of level 1, as the title has." },
  "unknown-tag": { severity: "warning", about: "A word in angle brackets looks like an HTML tag." },

  "note-too-long": { severity: "warning", about: "A note counts more than its network takes." },
  "note-cut": { severity: "warning", about: "The author's own words for a network are cut." },
  "note-empty": { severity: "warning", about: "Nothing but the link fits into a note." },
  "note-without-alt": { severity: "warning", about: "The picture beside a note has no alternative text." },
  "note-private-link": {
    severity: "warning",
    about: "A note links to an address that only this machine or house can open.",
  },
  "unknown-network": {
    severity: "warning",
    about: "The front matter has words for a network, or turns one off, whose name is nearly that of another.",
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
      hint: rule ? "Without it there is no post to send" : "docs/guides/checks.md lists the rules",
    });
  }
  return new Map(Object.entries(checks));
}

/** The finding as the site wants it; `null` when the rule is off. */
export function switched(diagnostic: Diagnostic, switches: Switches): Diagnostic | null {
  const severity = switches.get(diagnostic.code) ?? diagnostic.severity;
  return severity === "off" ? null : { ...diagnostic, severity };
}
