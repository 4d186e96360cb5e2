/** Finds features of an email that some email clients don't support, with data from caniemail.com. */

import type { ClientNote } from "#core/renditions/fidelity.ts";

/** The email clients, each on one platform. */
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

/** Together they lack every feature that any client lacks. This is enough to find out which features a part of an email uses. */
export const strictClients: readonly Client[] = [
  "outlook.windows",
  "yahoo.ios",
  "gmail.android",
  "fastmail.desktop-webmail",
  "protonmail.desktop-webmail",
];

/** The features in `html` that not every client supports, most important first. */
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
 * The elements of `html` without their content, one of each kind. The library checks every element separately for
 * each client, and a long email has the same paragraph a thousand times.
 */
function oneOfEach(html: string): string {
  const kinds = new Set<string>();
  for (const [piece, name] of html.matchAll(piecesOfHtml))
    kinds.add(name === undefined ? piece : `${piece.replace(values, plainValue)}</${name}>`);
  // The library ignores style sheets at the top level.
  return `<x-all>${[...kinds].join("\n")}</x-all>`;
}

const piecesOfHtml =
  /<!--[\s\S]*?-->|<style\b[\s\S]*?<\/style>|<([a-z][^\s>/]{0,40})(?:"[^"]{0,10000}"|'[^']{0,10000}'|[^"'<>])*>/gi;

/** Attributes whose exact value does not matter. */
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
  "!important keyword": "Used only for dark mode and for smaller margins on phones.",
  "<hr> element": "The line may be thinner or thicker.",
  "<ul>, <ol> and <dl>": "Bullets and numbers remain; only their indent differs.",
  "HTML comments": "They contain only settings for Word, no text.",
  "align attribute": "The style sets the same alignment.",
  background: "Backgrounds are plain colours, which every client supports. Background pictures are not used.",
  border: "Borders are plain lines, one pixel wide.",
  "border-collapse": "Attributes remove the space between cells.",
  "cellpadding attribute": "The style of each cell sets the same value.",
  "cellspacing attribute": "The style of tables also removes the space between cells.",
  "dir attribute": "The style and the alignment also set the direction.",
  display: "Blocks are tables and paragraphs, which are block elements anyway.",
  "display:none": "A special property hides the preheader from Word.",
  "font-size": "Sizes are in pixels, which every client supports.",
  "font-weight": "Bold text stays bold; 600 may look like 700.",
  "height attribute": "The style sets the same height.",
  "line-height": "There is a little more or less space between lines.",
  "mailto: links": "The text of the link is the address, which readers can copy.",
  padding: "Used on table cells, where every client supports it.",
  "role attribute": "Screen readers announce a layout table as a table.",
  "system-ui, ui-serif, ui-sans-serif, ui-rounded, ui-monospace": "Similar fonts follow in the list.",
  "table-layout": "A long word makes its own column wider.",
  "text-align": "An attribute sets the same alignment.",
  "text-decoration": "Links are underlined in every client. Struck-out text may appear without its line.",
  "text-indent": "The second line of a task begins below its box.",
  "text-transform": "Used only to reset styles in single email clients.",
  "width attribute": "The style sets the same width.",
  "width property": "An attribute sets the same width.",
  "word-spacing": "Used only to reset styles in single email clients.",
  "<abbr> element": "The abbreviation remains; its explanation is lost.",
  "<body> element": "It becomes a div. The wrapper inside also has language, direction and background.",
  "@media": "The column adapts without it. Phones that support it get smaller margins.",
  "@media (prefers-color-scheme)": "The light palette is shown. It stays readable if the client darkens it.",
  "Attribute selector": "Used only for Outlook's own dark mode, in a separate style sheet.",
  "Chaining selectors": "Styles are inline. Selectors only add dark mode and phone margins.",
  "Child combinator": "Styles are inline. Selectors only add dark mode and phone margins.",
  "Class selector": "Styles are inline. Selectors only add dark mode and phone margins.",
  "Descendant combinator": "Styles are inline. Selectors only add dark mode and phone margins.",
  "ID selector": "Used only to reset styles in single email clients.",
  "Type selector": "Styles are inline. Selectors only add dark mode and phone margins.",
  "Universal selector": "Used only to reset styles in single email clients.",
  "<style> element": "Every block has its styles inline.",
  "aria-hidden attribute": "Screen readers read a decorative character aloud.",
  "aria-label attribute": "Screen readers read the visible text instead.",
  "aria-roledescription attribute": "Screen readers announce the email as an article.",
  "border-radius": "Corners are square.",
  "box-sizing": "Table attributes set the widths.",
  "color-scheme meta tag": "The clients that need it support it. Other clients choose the scheme themselves.",
  cursor: "The button is a link and looks like one.",
  "font shorthand": "Font family, size and line height are set one by one.",
  "height property": "Images have their height as an attribute.",
  "lang attribute": "The wrapper inside the body also has it.",
  "letter-spacing": "Letters in headings are a little further apart.",
  "list-style": "A task has a bullet before its box.",
  margin: "The padding of cells separates blocks.",
  "max-height property": "The display property also hides the preheader.",
  "max-width": "Tables have a width attribute.",
  "min-width property": "A wide table shrinks to the column.",
  opacity: "Used only to reset styles in single email clients.",
  outline: "Used only to reset styles in single email clients.",
  overflow: "A wide table is cut off. The link below it leads to the whole table.",
  "overflow-wrap": "Tables have a fixed layout. word-break breaks long words in clients that support it.",
  "target attribute": "The client decides where links open.",
  "text-wrap": "The last line of a title may be a single word.",
  "white-space": "Code is in a pre element, which keeps its line breaks.",
  "word-break": "Tables have a fixed layout, so a long word can't make the email wider.",
};
