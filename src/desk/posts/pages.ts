/** Lists publications, and the posts of the ledger with their reports. */

import { z } from "zod";
import type { ListedPublication } from "#core/listings/site-list.ts";
import { type Actor, act } from "../act.ts";
import { publication } from "../answers/publication.ts";
import { publicationItem } from "../answers/site-page.ts";
import { keyForms, listing } from "../listing.ts";
import type { DeskPorts } from "../ports.ts";

type Ports = Pick<DeskPorts, "listings">;

const text = z.string().min(1).max(500).optional();

/** Newest first. */
export const listPublications = listing({
  list: "publications",
  needs: "read",
  filter: { post: text.describe("The id of a post"), channel: text.describe("The name of a channel") },
  item: publicationItem,
  keys: keyForms.timedUuid,
  find: (filter, slice, { listings }: Ports) => listings.publications.page(filter, slice),
});

export const showPublication = act({
  name: "publications.show",
  looks: true,
  asks: z.strictObject({ publication: z.string().min(1) }),
  needs: "read",
  answers: publicationItem,
  run: (asked, _: Actor, { listings }: Ports): Promise<ListedPublication> =>
    listings.publications.show(asked.publication),
  document: (answer) => answer,
});

/** Those that the ledger saw last at first. */
export const pagePosts = listing({
  list: "posts",
  needs: "read",
  filter: {},
  item: publication,
  keys: keyForms.timed,
  find: (_, slice, { listings }: Ports) => listings.publications.posts(slice),
});
