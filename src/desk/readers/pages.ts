/** Lists subscribers, suppressions, bounces, mailing lists and segments, and shows one subscriber by its id. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import type { Subscriber } from "#core/readers/subscriber.ts";
import { type Actor, act, anyLimits, fields } from "../act.ts";
import { suppressionReason } from "../answers/reader.ts";
import { bounceItem, listItem, readerItem, segmentItem, shownReader, suppressionItem } from "../answers/reader-page.ts";
import { isOwnList, requireOwnList } from "../limits.ts";
import { keyForms, listing, requireNumber } from "../listing.ts";
import type { DeskPorts } from "../ports.ts";
import { type ListPorts, requireList } from "./known-list.ts";
import { countSegment, expressionOf } from "./segment.ts";

type Ports = Pick<DeskPorts, "listings"> & ListPorts;

const text = z.string().min(1).max(2_000).optional();
const list = text.describe("The name of a list");

export const pageReaders = listing({
  list: "subscribers",
  needs: "readers",
  within: anyLimits,
  filter: {
    list,
    state: z
      .enum(["confirmed", "unconfirmed", "unsubscribed", "suppressed"])
      .optional()
      .describe("On the list, or on any list. suppressed: confirmed, but gets no email"),
    segment: text
      .describe("An expression, or the name of a segment in the configuration")
      .meta({ examples: ['city = "Bern"'] }),
    address: text.describe("The beginning of the address. The order is then that of the addresses"),
  },
  item: readerItem,
  keys: /^[^\0]{1,400}$/,
  async find({ segment, ...filter }, slice, ports: Ports & Pick<DeskPorts, "segments">, actor) {
    requireOwnList(actor, filter.list);
    if (filter.list !== undefined) await requireList(filter.list, ports);
    // In the order of addresses, these are the keys.
    if (filter.address === undefined && slice.after !== null && !keyForms.number.test(slice.after))
      throw new PostriderError("invalid", "The cursor is not valid");
    const expression = segment === undefined ? undefined : expressionOf(segment, ports);
    const { items, after } = await ports.listings.readers.page({ ...filter, segment: expression }, slice);
    const own = items.map((item) => ({ ...item, lists: item.lists.filter(({ name }) => isOwnList(actor, name)) }));
    return { items: own, after };
  },
});

export const showReaderById = act({
  name: "subscribers.show",
  looks: true,
  asks: z.strictObject({ subscriber: z.string().min(1) }),
  needs: "readers",
  within: ["channels"],
  answers: shownReader,
  run: async ({ subscriber }, _: Actor, { listings }: Ports): Promise<Subscriber & { id: string }> => ({
    id: subscriber,
    ...(await listings.readers.show(subscriber)),
  }),
  document: (answer) => answer,
});

export const pageSuppressions = listing({
  list: "suppressions",
  needs: "readers",
  within: ["channels"],
  filter: {
    list: list.describe("The name of a list. Suppressions on all lists are included"),
    reason: suppressionReason.optional(),
  },
  item: suppressionItem,
  keys: keyForms.number,
  async find(filter, slice, ports: Ports) {
    if (filter.list !== undefined) await requireList(filter.list, ports);
    return ports.listings.suppressions.page(filter, slice);
  },
});

export const liftSuppression = act({
  name: "suppressions.remove",
  asks: z.strictObject({
    suppression: z.string().min(1),
    reason: fields.reason.min(1).describe("Recorded in the ledger"),
  }),
  needs: "readers",
  within: ["channels"],
  answers: suppressionItem,
  run: async ({ suppression, reason }, actor: Actor, { listings }: Pick<DeskPorts, "listings">) =>
    listings.suppressions.lift(suppression, { reason, actor: actor.name }),
  document: (answer) => answer,
});

export const pageBounces = listing({
  list: "bounces",
  needs: "readers",
  within: ["channels"],
  filter: {
    kind: bounceItem.shape.kind.optional(),
    subscriber: text.describe("The id of a reader"),
    delivery: text.describe("The id of a delivery"),
  },
  item: bounceItem,
  keys: keyForms.number,
  find(filter, slice, { listings }: Pick<DeskPorts, "listings">) {
    if (filter.subscriber !== undefined) requireNumber(filter.subscriber, "subscriber");
    if (filter.delivery !== undefined) requireNumber(filter.delivery, "delivery");
    return listings.bounces.page(filter, slice);
  },
});

/** In the order of their names. Also lists of the configuration that have no reader yet. */
export const pageLists = listing({
  list: "lists",
  needs: "readers",
  within: anyLimits,
  filter: {},
  item: listItem,
  keys: /^[^\0]{1,400}$/,
  async find(_, { after, limit }, { subscribers, listsNamed, mailedLists }: ListPorts, actor) {
    const counted = new Map((await subscribers.lists()).map((each) => [each.name, each]));
    const names = [...new Set([...counted.keys(), ...listsNamed()])].filter((name) => isOwnList(actor, name)).sort();
    const mailed = mailedLists();
    const rest = names.filter((name) => after === null || name > after);
    const none = { confirmed: 0, suppressed: 0, unconfirmed: 0, unsubscribed: 0 };
    const items = rest.slice(0, limit).map((name) => ({
      ...(counted.get(name) ?? { name, title: name, ...none }),
      channels: [...(mailed.get(name) ?? [])],
    }));
    return { items, after: rest.length > limit ? (items.at(-1)?.name ?? null) : null };
  },
});

/** The segments of the configuration, counted on one list, or on every list that has email. */
export const pageSegments = listing({
  list: "segments",
  needs: "readers",
  within: anyLimits,
  filter: { list },
  item: segmentItem,
  keys: /^[^\0]{1,400}$/,
  async find({ list: only }, { after, limit }, ports: Pick<DeskPorts, "segments" | "ledger"> & ListPorts, actor) {
    if (only !== undefined) requireOwnList(actor, only);
    if (only !== undefined) await requireList(only, ports);
    const mailed = [...ports.mailedLists().keys()].filter((name) => isOwnList(actor, name)).sort();
    const lists = only === undefined ? mailed : [only];
    const all = Object.keys(ports.segments)
      .sort()
      .flatMap((name) => lists.map((each) => ({ name, list: each })));
    const keyOf = (of: { name: string; list: string }) => `${of.name}\n${of.list}`;
    const rest = all.filter((each) => after === null || keyOf(each) > after);
    const items = [];
    for (const { name, list: each } of rest.slice(0, limit))
      items.push({ name, ...(await countSegment.run({ segment: name, list: each }, actor, ports)) });
    const last = rest[limit - 1];
    return { items, after: rest.length > limit && last ? keyOf(last) : null };
  },
});
