/** `/archive`: sent emails, public or by link only, as each list is configured. */

import type { Context, Hono } from "hono";
import type { Edition } from "#core/readers/archive.ts";
import { verifyToken } from "#core/readers/token.ts";
import type { Archive, ReaderDesk } from "./desk.ts";
import { listed } from "./listed.ts";

export function archiveRoutes(app: Hono, desk: ReaderDesk, archive: Archive): void {
  const { store, publicLists, indexedLists } = archive;
  app.get("/archive", async (context) => {
    const editions = (await store.editions(publicLists)).map(listed);
    const indexed = publicLists.length > 0 && publicLists.every((list) => indexedLists.includes(list));
    return withIndexing(desk.show(context, { kind: "archive", editions }), indexed);
  });
  // A post's id may have slashes in it.
  app.get("/archive/:post{.+}", async (context) => {
    const edition = await editionOf(context, desk, archive);
    if (!edition) return desk.show(context, { kind: "not-found" });
    if (edition.withdrawn) return desk.show(context, { kind: "withdrawn" });
    const response = context.html(await archive.page(edition), 200, {
      // The email has inline styles, and its pictures may be on any host.
      "content-security-policy":
        "default-src 'none'; img-src https: http: data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      "cache-control": "public, max-age=300",
      "x-content-type-options": "nosniff",
    });
    return withIndexing(response, indexedLists.includes(edition.list.name) && publicLists.includes(edition.list.name));
  });
}

async function editionOf(
  context: Context,
  { secret }: ReaderDesk,
  { store, publicLists, unlistedLists }: Archive,
): Promise<Edition | null> {
  const name = context.req.param("post") ?? "";
  const [post, list] = verifyToken(secret, "view", name) ?? [];
  if (post && list) return unlistedLists.includes(list) ? store.edition(post, [list]) : null;
  return store.edition(name, publicLists);
}

export function withIndexing(response: Response, indexed: boolean): Response {
  if (indexed) response.headers.delete("x-robots-tag");
  else response.headers.set("x-robots-tag", "noindex");
  return response;
}
