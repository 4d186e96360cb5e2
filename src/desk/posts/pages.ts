/** Lists publications, and the posts of the ledger with their reports. */

import { z } from "zod";
import type { ListedPublication } from "#core/listings/site-list.ts";
import { type Actor, act, anyLimits } from "../act.ts";
import { publication } from "../answers/publication.ts";
import { publicationItem } from "../answers/site-page.ts";
import { destinationOf, isSeen, reportsWithin, requireDestinations } from "../limits.ts";
import { keyForms, listing } from "../listing.ts";
import type { DeskPorts } from "../ports.ts";

type Ports = Pick<DeskPorts, "listings">;

const text = z.string().min(1).max(500).optional();

/** Newest first. */
export const listPublications = listing({
  list: "publications",
  needs: "read",
  within: anyLimits,
  filter: { post: text.describe("The id of a post"), channel: text.describe("The name of a channel") },
  item: publicationItem,
  keys: keyForms.timedUuid,
  async find(filter, slice, { listings }: Ports, actor) {
    const { items, after } = await listings.publications.page(filter, slice);
    return { items: items.map((item) => ownPart(actor, item)).filter(({ channels }) => channels.length > 0), after };
  },
});

export const showPublication = act({
  name: "publications.show",
  looks: true,
  asks: z.strictObject({ publication: z.string().min(1) }),
  needs: "read",
  within: anyLimits,
  answers: publicationItem,
  async run(asked, actor: Actor, { listings }: Ports): Promise<ListedPublication> {
    const all = await listings.publications.show(asked.publication);
    const own = ownPart(actor, all);
    if (own.channels.length === 0) requireDestinations(actor, all.channels.map(destinationOf));
    return own;
  },
  document: (answer) => answer,
});

/** Those that the ledger saw last at first. */
export const pagePosts = listing({
  list: "posts",
  needs: "read",
  within: anyLimits,
  filter: {},
  item: publication,
  keys: keyForms.timed,
  async find(_, slice, { listings, mailedLists }: Ports & Pick<DeskPorts, "mailedLists">, actor) {
    const { items, after } = await listings.publications.posts(slice);
    return { items: reportsWithin(actor, items, { mailedLists }), after };
  },
});

/** Without channels that are not the actor's. */
function ownPart(actor: Actor, item: ListedPublication): ListedPublication {
  return { ...item, channels: item.channels.filter((channel) => isSeen(actor, destinationOf(channel))) };
}
