/** What mail clients don't support of a mail, by the data of caniemail.com. */

import type { ClientNote } from "#core/fidelity.ts";

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

/** The features that `html` uses and not every client supports, most important first. */
export async function clientNotes(html: string): Promise<ClientNote[]> {
  const { caniemail } = await import("caniemail");
  const notes = new Map<string, ClientNote>();
  const note = (feature: string, support: "none" | "partial", client: string): void => {
    const found = notes.get(feature) ?? {
      feature,
      ...(instead[feature] && { instead: instead[feature] }),
      none: [],
      partial: [],
    };
    notes.set(feature, found);
    if (!found[support].includes(client)) found[support].push(client);
  };
  for (const client of clients) {
    for (const part of [html, withoutWordWrap(html)]) {
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

function withoutWordWrap(html: string): string {
  return html.replace(/(?:overflow-wrap|word-wrap|word-break)\s*:[^;"}]*;?/g, "");
}

/** The accepted list: features that every mail uses on purpose, by their titles at caniemail.com. */
const instead: Record<string, string> = {};
