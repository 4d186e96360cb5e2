/** `/`: the site for people who come here first. What it is, the form, the newest emails and the feeds. */

import type { Hono } from "hono";
import { mainDocuments } from "../feeds/feeds-page.ts";
import { withIndexing } from "./archive.ts";
import type { Archive, ReaderDesk } from "./desk.ts";
import { listed } from "./listed.ts";

const newest = 5;

export function frontRoutes(app: Hono, desk: ReaderDesk, { store, publicLists, indexedLists }: Archive): void {
  app.get("/", async (context) => {
    const [lists, editions, feeds] = await Promise.all([
      desk.store.openLists(),
      store.editions(publicLists, newest),
      desk.feeds(),
    ]);
    const page = desk.show(context, {
      kind: "front",
      lists: lists.map((list) => ({ ...list, chosen: lists.length === 1 })),
      editions: editions.map(listed),
      feeds: mainDocuments(feeds).map(({ selfUrl: url, format }) => ({ url, format })),
    });
    const isIndexed = publicLists.length > 0 && publicLists.every((list) => indexedLists.includes(list));
    return withIndexing(page, isIndexed);
  });
}
