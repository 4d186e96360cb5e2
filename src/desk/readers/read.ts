/** Reads who is on the lists, one reader's data, and the suppressions. */

import { z } from "zod";
import type { Subscriber, Suppression } from "#core/readers/subscriber.ts";
import type { ListCounts, ListedSubscriber, SubscriptionRow } from "#core/readers/subscriber-book.ts";
import { type Actor, act, anyLimits, streamed } from "../act.ts";
import {
  exportedSubscription,
  listedSubscriber,
  listsAnswer,
  subscriberAnswer,
  suppression,
} from "../answers/reader.ts";
import { requireOwnList } from "../limits.ts";
import type { DeskPorts } from "../ports.ts";
import { type ListPorts, requireList } from "./known-list.ts";

const list = z.string().min(1).optional();

export const showReader = act({
  name: "subscribers.show",
  looks: true,
  asks: z.strictObject({ address: z.string() }),
  needs: "readers",
  within: ["channels"],
  answers: subscriberAnswer,
  run: async ({ address }, _: Actor, { subscribers }: ListPorts): Promise<{ subscriber: Subscriber | null }> => ({
    subscriber: await subscribers.find(address),
  }),
  document: (answer) => answer,
});

/** One row for each subscription, with constant memory. */
export const listReaders = act({
  name: "subscribers.list",
  looks: true,
  /** @param state - `suppressed`: confirmed, but gets no email. */
  asks: z.strictObject({
    list,
    state: z.enum(["confirmed", "unconfirmed", "unsubscribed", "suppressed"]).optional(),
  }),
  needs: "readers",
  within: anyLimits,
  answers: listedSubscriber,
  async run({ list, state }, actor: Actor, ports: ListPorts): Promise<AsyncGenerator<ListedSubscriber, void>> {
    requireOwnList(actor, list);
    if (list !== undefined) await requireList(list, ports);
    return ports.subscribers.list({ ...(list !== undefined && { list }), ...(state && { state }) });
  },
  document: streamed,
});

export const countReaders = act({
  name: "subscribers.count",
  looks: true,
  asks: z.strictObject({ list }),
  needs: "readers",
  within: anyLimits,
  answers: listsAnswer,
  async run({ list: name }, actor: Actor, ports: ListPorts): Promise<{ lists: ListCounts[] }> {
    requireOwnList(actor, name);
    if (name !== undefined) await requireList(name, ports);
    const lists = (await ports.subscribers.lists()).filter((each) => name === undefined || each.name === name);
    if (lists.length > 0 || name === undefined) return { lists };
    // A list of a channel is not in the database before its first reader.
    return { lists: [{ name, title: name, confirmed: 0, suppressed: 0, unconfirmed: 0, unsubscribed: 0 }] };
  },
  document: (answer) => answer,
});

/** In the format of the import, with constant memory. */
export const exportReaders = act({
  name: "subscribers.export",
  asks: z.strictObject({ list }),
  needs: "readers",
  within: anyLimits,
  answers: exportedSubscription,
  async run({ list }, actor: Actor, { subscribers }: ListPorts): Promise<AsyncGenerator<SubscriptionRow, void>> {
    requireOwnList(actor, list);
    return subscribers.export(list);
  },
  document: streamed,
});

export const exportSuppressions = act({
  name: "suppressions.export",
  asks: z.strictObject({ list }),
  needs: "readers",
  within: ["channels"],
  answers: suppression,
  run: async (
    { list },
    _: Actor,
    { suppressions }: Pick<DeskPorts, "suppressions">,
  ): Promise<AsyncGenerator<Suppression, void>> => suppressions.list(list),
  document: streamed,
});
