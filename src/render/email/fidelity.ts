/** The fidelity report of an email: every change with its line, and unsupported features. */

import type { Post } from "#core/posts/post.ts";
import type { Change, ClientNote, Fidelity } from "#core/renditions/fidelity.ts";
import type { MailingList } from "#core/renditions/rendition.ts";
import { openChangeLog } from "#render/article/changes.ts";
import { elementsOf, type Node } from "#render/article/tree.ts";
import { type ElementKind, kindOf, linesByKind } from "#render/markdown/source-lines.ts";
import { wordsFor } from "#render/words/words.ts";
import { mailBytes } from "./budget.ts";
import { clientNotes, strictClients } from "./clients.ts";
import { emailRendition } from "./email.ts";
import type { EmailSetting } from "./frame.ts";
import { printBlocks } from "./html/html.ts";
import { themeFor } from "./theme/theme.ts";

/** Renders the email once more, and records the changes. */
export async function fidelityOf(post: Post, list: MailingList, setting: EmailSetting): Promise<Fidelity> {
  const log = openChangeLog(post);
  const { rendition, article, pictures } = await emailRendition(post, list, setting, { log });
  const changes = [...log.changes].sort((one, other) => one.line - other.line);
  const notes = await clientNotes(rendition.html);
  return {
    changes: unique(changes),
    clients: await withElements(notes, post, article, setting),
    htmlBytes: mailBytes(rendition.html),
    pictureBytes: pictures.reduce((sum, { content }) => sum + content.length, 0),
    pictures,
  };
}

/** Finds out which elements of the post use each feature: one element of each kind is printed alone and checked. */
async function withElements(
  notes: readonly ClientNote[],
  post: Post,
  article: readonly Node[],
  { theme, site }: EmailSetting,
): Promise<ClientNote[]> {
  const words = wordsFor(post.language, site.language);
  const look = { direction: post.direction, language: post.language, words, url: post.url, coloured: true };
  const lines = linesByKind(post.body, post.bodyLine);
  const features = new Map<ElementKind, Set<string>>();
  for (const node of elementsOf(article)) {
    const kind = kindOf(node.tag);
    if (!kind || features.has(kind) || !lines.has(kind)) continue;
    const [html = ""] = printBlocks([node], { ...look, theme: themeFor(theme, post.language) });
    features.set(kind, new Set((await clientNotes(html, strictClients)).map(({ feature }) => feature)));
  }
  return notes.map((note) => ({
    ...note,
    elements: [...features]
      .filter(([, used]) => used.has(note.feature))
      .map(([element]) => ({ element, lines: lines.get(element) ?? [] })),
  }));
}

function unique(changes: readonly Change[]): Change[] {
  const seen = new Set<string>();
  return changes.filter((change) => {
    const key = JSON.stringify(change);
    return !seen.has(key) && seen.add(key);
  });
}
