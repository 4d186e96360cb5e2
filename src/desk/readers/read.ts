/** Who is on the lists, one reader's data, and who must get no mail. */

import { z } from "zod";
import type { Subscriber, Suppression } from "#core/readers/subscriber.ts";
import type { ListCounts, ListedSubscriber, SubscriptionRow } from "#core/readers/subscriber-book.ts";
import { type Actor, act, owners } from "../act.ts";
import type { DeskPorts } from "../ports.ts";
import { type ListPorts, requireList } from "./known-list.ts";

const list = z.string().min(1).optional();

export const showReader = act({
  asks: z.strictObject({ address: z.string() }),
  roles: owners,
  run: async ({ address }, _: Actor, { subscribers }: ListPorts): Promise<{ subscriber: Subscriber | null }> => ({
    subscriber: await subscribers.find(address),
  }),
});

/** One row for each subscription, in flat memory. */
export const listReaders = act({
  /** @param state - `suppressed`: confirmed, but gets no mail. */
  asks: z.strictObject({
    list,
    state: z.enum(["confirmed", "unconfirmed", "unsubscribed", "suppressed"]).optional(),
  }),
  roles: owners,
  async run({ list, state }, _: Actor, ports: ListPorts): Promise<AsyncGenerator<ListedSubscriber, void>> {
    if (list !== undefined) await requireList(list, ports);
    return ports.subscribers.list({ ...(list !== undefined && { list }), ...(state && { state }) });
  },
});

export const countReaders = act({
  asks: z.strictObject({ list }),
  roles: owners,
  async run({ list: name }, _: Actor, ports: ListPorts): Promise<{ lists: ListCounts[] }> {
    if (name !== undefined) await requireList(name, ports);
    const lists = (await ports.subscribers.lists()).filter((each) => name === undefined || each.name === name);
    if (lists.length > 0 || name === undefined) return { lists };
    // A list that a channel names has nobody before its first reader.
    return { lists: [{ name, title: name, confirmed: 0, suppressed: 0, unconfirmed: 0, unsubscribed: 0 }] };
  },
});

/** As the import reads it, in flat memory. */
export const exportReaders = act({
  asks: z.strictObject({ list }),
  roles: owners,
  run: async ({ list }, _: Actor, { subscribers }: ListPorts): Promise<AsyncGenerator<SubscriptionRow, void>> =>
    subscribers.export(list),
});

export const exportSuppressions = act({
  asks: z.strictObject({ list }),
  roles: owners,
  run: async (
    { list },
    _: Actor,
    { suppressions }: Pick<DeskPorts, "suppressions">,
  ): Promise<AsyncGenerator<Suppression, void>> => suppressions.list(list),
});
