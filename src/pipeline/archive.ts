/** Makes the web version of a mail: the mail itself, without what was a reader's own. */

import type { Edition } from "#core/archive.ts";
import { escapeHtml } from "#core/html.ts";
import type { Ledger } from "#core/ports.ts";
import type { Renderer } from "#core/rendition.ts";
import { fillSlots } from "#core/slots.ts";

export type EditionPage = (edition: Edition) => Promise<string>;

const mostRemembered = 50;

/** Remembers what it made while the process lives: readers of a new mail come in a crowd. */
export function openEditionPages(ledger: Pick<Ledger, "post">, renderer: Pick<Renderer, "archived">): EditionPage {
  const remembered = new Map<string, Promise<string>>();
  return (edition) => {
    const key = [edition.postId, edition.revision, edition.list.name].join("\n");
    const known = remembered.get(key);
    if (known) return known;
    const made = render(edition, ledger, renderer);
    remembered.set(key, made);
    made.catch(() => remembered.delete(key));
    for (const oldest of [...remembered.keys()].slice(0, -mostRemembered)) remembered.delete(oldest);
    return made;
  };
}

async function render(
  { postId, revision, list }: Edition,
  ledger: Pick<Ledger, "post">,
  renderer: Pick<Renderer, "archived">,
): Promise<string> {
  const rendition = await renderer.archived(await ledger.post(postId, revision), list);
  const nobody = { address: "", list, unsubscribeUrl: "", viewUrl: rendition.url };
  let { html } = fillSlots(rendition, nobody);
  // Pictures that travelled in the mail are in the page.
  for (const { cid, type, content } of rendition.attachments)
    html = html.replaceAll(`cid:${cid}`, `data:${type};base64,${Buffer.from(content).toString("base64")}`);
  return html
    .replace(/ aria-roledescription="[^"]*"/, "")
    .replace('role="article"', 'role="main"')
    .replace("</head>", () => `<link rel="canonical" href="${escapeHtml(rendition.url)}"></head>`);
}
