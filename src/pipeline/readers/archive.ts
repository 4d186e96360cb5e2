/** Makes the web version of an email: the email without personal parts. */

import type { EditionBook } from "#core/jobs/edition.ts";
import type { PostLedger } from "#core/ports/deciding.ts";
import { escapeHtml } from "#core/posts/html.ts";
import type { Edition, EditionPage } from "#core/readers/archive.ts";
import type { Renderer } from "#core/renditions/rendition.ts";
import { mailPage } from "#pipeline/pages/mail-page.ts";

export interface ArchivePorts {
  ledger: Pick<PostLedger, "post">;
  editions: Pick<EditionBook, "page">;
  renderer: Pick<Renderer, "archived">;
}

const mostRemembered = 50;

/** Caches the pages in memory, because many readers of a new email come at the same time. */
export function openEditionPages(ports: ArchivePorts): EditionPage {
  const remembered = new Map<string, Promise<string>>();
  return (edition) => {
    const key = [edition.postId, edition.revision, edition.list.name].join("\n");
    const known = remembered.get(key);
    if (known) return known;
    const made = render(edition, ports);
    remembered.set(key, made);
    made.catch(() => remembered.delete(key));
    for (const oldest of [...remembered.keys()].slice(0, -mostRemembered)) remembered.delete(oldest);
    return made;
  };
}

async function render(
  { postId, revision, list }: Edition,
  { ledger, editions, renderer }: ArchivePorts,
): Promise<string> {
  const post = await ledger.post(postId, revision);
  // A digest has no text of its own. Its page was stored when it was prepared.
  const frozen = post.edition && (await editions.page(post.edition.job, post.edition.number, list.name));
  const mail = frozen ?? (await renderer.archived(post, list));
  return mailPage(mail, "")
    .html.replace(/ aria-roledescription="[^"]*"/, "")
    .replace('role="article"', 'role="main"')
    .replace("</head>", () => `<link rel="canonical" href="${escapeHtml(mail.url)}"></head>`);
}
