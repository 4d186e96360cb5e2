/** Adds one reader to a list; with a proof of consent also somebody who unsubscribed or was forgotten. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import type { Subscriber, SubscriptionState } from "#core/readers/subscriber.ts";
import type { Resubscribed } from "#core/readers/subscriber-book.ts";
import { type Actor, act, anyLimits } from "../act.ts";
import { addAnswer, bringBackAnswer } from "../answers/reader.ts";
import { requireOwnList } from "../limits.ts";
import { requireAddress } from "./address.ts";
import { type ListPorts, requireList, unmailedList } from "./known-list.ts";

const wanted = {
  address: z.string(),
  list: z.string().min(1),
  name: z.string().max(200).optional(),
  createList: z
    .boolean()
    .optional()
    .describe("Creates the list if it does not exist. Otherwise, an unknown list is an error"),
};

export interface AddAnswer {
  address: string;
  list: string;
  added: number;
  known: number;
  /** Their subscription to the list after this. */
  subscription: Subscriber["lists"][number] | null;
  /** Why they still get no email. */
  suppression: Subscriber["suppressions"][number] | null;
  /** A warning: no channel sends to this list. */
  unmailed: string | null;
}

export const addReader = act({
  name: "subscribers.add",
  asks: z.strictObject({
    ...wanted,
    consent: z.string().trim().optional().describe("How they agreed. Recorded with the subscription"),
  }),
  needs: "readers",
  within: anyLimits,
  answers: addAnswer,
  async run({ address, list, name, consent, createList }, actor: Actor, ports: ListPorts): Promise<AddAnswer> {
    requireOwnList(actor, list);
    requireAddress(address);
    if (!createList) await requireList(list, ports);
    const person = { address, ...(name && { name }) };
    const { forgotten, ...result } = await ports.subscribers.add([person], { list, source: consent || actor.name });
    if (forgotten > 0)
      throw new PostriderError("conflict", "This person was forgotten and was not added again", {
        hint: 'They can come back themselves on the subscribe page. If they asked you, add --resubscribe --consent "how they asked".',
      });
    const known = await ports.subscribers.find(address);
    const applies = (only: string | undefined): boolean => only === undefined || only === list;
    return {
      ...{ address, list, ...result },
      subscription: known?.lists.find((each) => each.name === list) ?? null,
      suppression: known?.suppressions.find((each) => applies(each.list)) ?? null,
      unmailed: unmailedList(list, ports),
    };
  },
  document: ({ address, list, added, known, subscription, suppression }) => ({
    ...{ address, list, added, known, state: subscription?.state ?? null },
    ...(suppression && { suppressed: suppression.reason }),
  }),
});

export interface BringBackAnswer extends Resubscribed {
  address: string;
  list: string;
  was: SubscriptionState | null;
  unmailed: string | null;
}

export const bringReaderBack = act({
  name: "subscribers.bring-back",
  asks: z.strictObject({
    ...wanted,
    consent: z.string().trim().min(1).describe("How they asked to come back. Recorded as proof"),
  }),
  needs: "readers",
  // It also lifts what keeps them from all lists.
  within: ["channels"],
  answers: bringBackAnswer,
  async run({ address, list, name, consent, createList }, actor: Actor, ports: ListPorts): Promise<BringBackAnswer> {
    requireAddress(address);
    if (!createList) await requireList(list, ports);
    const proof = { list, consent, actor: actor.name };
    const back = await ports.subscribers.resubscribe({ address, ...(name && { name }) }, proof);
    return { address, list, ...back, unmailed: unmailedList(list, ports) };
  },
  document: ({ address, list, was, forgotten, suppressions }) => ({
    ...{ address, list, resubscribed: was !== "confirmed", was, forgotten, suppressions },
  }),
});
