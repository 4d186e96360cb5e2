/** Lists deliveries, newest first, and shows one with its history. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import type { ListedDelivery, ShownDelivery } from "#core/listings/delivery-list.ts";
import { type Actor, act, anyLimits } from "../act.ts";
import { deliveryState, listedDelivery, shownDelivery } from "../answers/delivery.ts";
import { requireChannels, requireDestinations } from "../limits.ts";
import { keyForms, listing, requireNumber, requireUuid } from "../listing.ts";
import type { DeskPorts } from "../ports.ts";

type Ports = Pick<DeskPorts, "listings">;

const text = z.string().min(1).max(500).optional();

export const listDeliveries = listing({
  list: "deliveries",
  needs: "read",
  // A channel can send to several lists in turn.
  within: ["channels"],
  filter: {
    campaign: text.describe("The id of a campaign or publication"),
    post: text.describe("The id of a post"),
    channel: text.describe("The name of a channel"),
    state: deliveryState.optional(),
    domain: text.describe("The domain of the reader's address. Needs the permission `readers`"),
    code: text.describe("The code of the failure. Without `state`: of refused, uncertain and retrying deliveries"),
    text: text.describe(
      "A part of the failure's message. Without `state`: of refused, uncertain and retrying deliveries",
    ),
    subscriber: text.describe("The id of a reader. Needs the permission `readers`"),
  },
  item: listedDelivery,
  keys: keyForms.number,
  async find(filter, slice, { listings }: Ports, actor) {
    const { campaign, channel, domain, subscriber } = filter;
    requireChannels(actor, channel === undefined ? undefined : [channel], channel ? [{ name: channel }] : []);
    if (campaign !== undefined) requireUuid(campaign, "campaign");
    if (subscriber !== undefined) requireNumber(subscriber, "subscriber");
    if ((domain ?? subscriber) !== undefined && !seesReaders(actor))
      throw new PostriderError("forbidden", 'The filters "domain" and "subscriber" need the permission "readers"');
    const { items, after } = await listings.deliveries.page(filter, slice);
    return { items: items.map((item) => shownTo(actor, item)), after };
  },
});

export const showDelivery = act({
  name: "deliveries.show",
  looks: true,
  asks: z.strictObject({ delivery: z.string().min(1) }),
  needs: "read",
  within: anyLimits,
  answers: shownDelivery,
  async run({ delivery }, actor: Actor, { listings }: Ports): Promise<ShownDelivery> {
    const shown = await listings.deliveries.show(delivery);
    requireDestinations(actor, [shown]);
    return shownTo(actor, shown);
  },
  document: (answer) => answer as z.input<typeof shownDelivery>,
});

function seesReaders({ permissions }: Actor): boolean {
  return permissions.includes("readers");
}

/** Without the reader, for an actor who may not see readers. */
function shownTo<Delivery extends ListedDelivery>(actor: Actor, delivery: Delivery): Delivery {
  return seesReaders(actor) ? delivery : { ...delivery, subscriber: null, address: null };
}
