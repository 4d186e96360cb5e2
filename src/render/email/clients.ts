/** What mail clients don't support of a mail, by the data of caniemail.com. */

import type { ClientNote } from "#core/renditions/fidelity.ts";

/** One platform of each that people read mail in. */
const clients = [
  "apple-mail.ios",
  "apple-mail.macos",
  "gmail.android",
  "gmail.desktop-webmail",
  "gmail.ios",
  "outlook.android",
  "outlook.ios",
  "outlook.macos",
  "outlook.outlook-com",
  "outlook.windows",
  "yahoo.android",
  "yahoo.desktop-webmail",
  "yahoo.ios",
  "fastmail.desktop-webmail",
  "protonmail.desktop-webmail",
  "samsung-email.android",
  "thunderbird.windows",
] as const;

export type Client = (typeof clients)[number];

/** Between them they lack whatever any client lacks: enough to find out what a piece of a mail uses. */
export const strictClients: readonly Client[] = [
  "outlook.windows",
  "yahoo.ios",
  "gmail.android",
  "fastmail.desktop-webmail",
  "protonmail.desktop-webmail",
];

/** The features that `html` uses and not every client supports, most important first. */
export async function clientNotes(html: string, among: readonly Client[] = clients): Promise<ClientNote[]> {
  const { caniemail } = await import("caniemail");
  const sample = oneOfEach(html);
  const notes = new Map<string, ClientNote>();
  const note = (feature: string, support: "none" | "partial", client: string): void => {
    const found = notes.get(feature) ?? {
      feature,
      ...(instead[feature] && { instead: instead[feature] }),
      none: [],
      partial: [],
      elements: [],
    };
    notes.set(feature, found);
    if (!found[support].includes(client)) found[support].push(client);
  };
  for (const client of among) {
    for (const part of [sample, withoutWordWrap(sample)]) {
      try {
        const { issues } = caniemail({ clients: [client], html: part });
        for (const [name, found] of issues.errors)
          if (name === client) for (const { title } of found) note(title, "none", client);
        for (const [name, found] of issues.warnings)
          if (name === client) for (const { title } of found) note(title, "partial", client);
        break;
      } catch {
        // The data lacks this property for some clients, and the library throws a RangeError instead of saying so.
      }
    }
  }
  return [...notes.values()].sort(
    (one, other) =>
      Number(Boolean(one.instead)) - Number(Boolean(other.instead)) ||
      other.none.length - one.none.length ||
      (one.feature < other.feature ? -1 : 1),
  );
}

/**
 * The elements of `html` without their content, one of each kind: the library looks at each element by itself, once for each
 * client, and a long mail has the same paragraph a thousand times.
 */
function oneOfEach(html: string): string {
  const kinds = new Set<string>();
  for (const [piece, name] of html.matchAll(piecesOfHtml))
    kinds.add(name === undefined ? piece : `${piece.replace(values, plainValue)}</${name}>`);
  // At the top the library passes over style sheets.
  return `<x-all>${[...kinds].join("\n")}</x-all>`;
}

const piecesOfHtml =
  /<!--[\s\S]*?-->|<style\b[\s\S]*?<\/style>|<([a-z][^\s>/]{0,40})(?:"[^"]{0,10000}"|'[^']{0,10000}'|[^"'<>])*>/gi;

/** Attributes of which only the form counts, if that. */
const values = / (href|src|title|alt|aria-label|id|start|width|height|colspan|rowspan)="([^"]*)"/g;

function plainValue(_: string, name: string, value: string): string {
  const form =
    name === "href"
      ? /^(?:#|mailto:)/.exec(value)?.[0]
      : name === "src"
        ? /^data:[^;,]+|\.\w{1,5}(?=$|[?#])/.exec(value)?.[0]
        : "";
  return ` ${name}="${form ?? ""}"`;
}

function withoutWordWrap(html: string): string {
  return html.replace(/(?:overflow-wrap|word-wrap|word-break)\s*:[^;"}]*;?/g, "");
}

/** The accepted list: features that every mail uses on purpose, by their titles at caniemail.com. */
const instead: Record<string, string> = {
  "!important keyword": "Only dark mode and the telephone's smaller margins use it.",
  "<hr> element": "A line, thinner or thicker.",
  "<ul>, <ol> and <dl>": "Marks and numbers stay; only their indent differs.",
  "HTML comments": "They hold what Word needs and nothing that is read.",
  "align attribute": "The same alignment stands in the style as well.",
  background: "Grounds are plain colours, which every client knows; pictures as grounds are not used.",
  border: "Lines are one pixel and plain.",
  "border-collapse": "Cells have no space between them by their attributes.",
  "cellpadding attribute": "The same stands in the style of each cell.",
  "cellspacing attribute": "Tables are told to have no space between cells in their style as well.",
  "dir attribute": "The direction stands in the style and in the alignment as well.",
  display: "Blocks are tables and paragraphs, which are blocks by themselves.",
  "display:none": "The preheader is hidden from Word by a property of its own.",
  "font-size": "Sizes are pixels, which every client knows.",
  "font-weight": "Bold is bold; 600 may be as bold as 700.",
  "height attribute": "The style says the same.",
  "line-height": "Lines have a little more or less space.",
  "mailto: links": "The address is the text of the link and can be copied.",
  padding: "Cells have it, where every client knows it.",
  "role attribute": "A table is announced as one to those who listen.",
  "system-ui, ui-serif, ui-sans-serif, ui-rounded, ui-monospace": "Other fonts of the same kind follow in the list.",
  "table-layout": "A long word widens its own column.",
  "text-align": "The attribute says the same.",
  "text-decoration": "Links are underlined everywhere; what is struck out is words away from it.",
  "text-indent": "The second line of a task begins under its box.",
  "text-transform": "Only resets for one client use it.",
  "width attribute": "The style says the same.",
  "width property": "The attribute says the same.",
  "word-spacing": "Only resets for one client use it.",
  "<abbr> element": "The letters stay; what they mean is gone.",
  "<body> element": "It becomes a div: language, direction and ground stand on the wrapper inside as well.",
  "@media": "The column is fluid without it; a telephone gets smaller margins where it is known.",
  "@media (prefers-color-scheme)": "The light palette, which stays readable when a client turns it dark by itself.",
  "Attribute selector": "Used for Outlook's own dark mode alone, in a style sheet apart.",
  "Chaining selectors": "Styles are inline; selectors only add dark mode and the telephone.",
  "Child combinator": "Styles are inline; selectors only add dark mode and the telephone.",
  "Class selector": "Styles are inline; selectors only add dark mode and the telephone.",
  "Descendant combinator": "Styles are inline; selectors only add dark mode and the telephone.",
  "ID selector": "Only resets for one client use it.",
  "Type selector": "Styles are inline; selectors only add dark mode and the telephone.",
  "Universal selector": "Only resets for one client use it.",
  "<style> element": "Every block has its styles inline.",
  "aria-hidden attribute": "A sign is read aloud that says nothing new.",
  "aria-label attribute": "The visible words are read aloud instead.",
  "aria-roledescription attribute": "The mail is announced as an article.",
  "border-radius": "Corners are square.",
  "box-sizing": "Widths are those of tables.",
  "color-scheme meta tag": "Clients that need it know it; others choose by themselves.",
  cursor: "The button is a link and shows as one.",
  "font shorthand": "Family, size and line are given one by one.",
  "height property": "Images have their height as an attribute.",
  "lang attribute": "It stands on the wrapper inside the body as well.",
  "letter-spacing": "Headings are set a little wider.",
  "list-style": "A task keeps a bullet before its box.",
  margin: "Cells keep blocks apart by their padding.",
  "max-height property": "The preheader is hidden by display as well.",
  "max-width": "Tables have a width attribute.",
  "min-width property": "A wide table shrinks to the column.",
  opacity: "Only resets for one client use it.",
  outline: "Only resets for one client use it.",
  overflow: "A wide table is cut off there; the link below leads to all of it.",
  "overflow-wrap": "Tables have a fixed layout, and long words are broken by word-break where it is known.",
  "target attribute": "Links open where the client opens links.",
  "text-wrap": "The last line of a title may be a single word.",
  "white-space": "Code is in a pre element and keeps its lines.",
  "word-break": "Tables have a fixed layout, so a long word can't widen the mail.",
};
