/** Requests of readers themselves: subscribe, confirm, and see their data. */

import { z } from "zod";
import type { Origin } from "#core/readers/reader.ts";
import { askForData, askToSubscribe, confirmSubscription, type SubscribePorts } from "#pipeline/readers/subscribe.ts";
import { type Actor, act, given } from "../act.ts";

/** The actor for readers' forms. The links in their emails prove what they may see and change. */
export const visitor: Actor = { name: "reader", door: "mail link", permissions: ["self"], isLocal: false };

const origin = z.custom<Origin>();

export const subscribe = act({
  name: "readers.subscribe",
  asks: z.strictObject({
    address: z.string().max(400),
    name: z.string().max(100).optional(),
    language: z.string().optional(),
    /** Names of lists. Unknown ones are ignored. */
    lists: z.array(z.string()).min(1),
    origin,
  }),
  needs: "self",
  answers: z.void(),
  /** The answer does not show whether anything is sent. */
  run: async (asked, _: Actor, ports: SubscribePorts): Promise<void> => askToSubscribe(given(asked), ports),
  document: () => undefined,
});

export const confirm = act({
  name: "readers.confirm",
  /** @param recipient - the keyed hash of the address. */
  asks: z.strictObject({ recipient: z.string(), letter: z.string(), origin }),
  needs: "self",
  answers: z.boolean(),
  /** Returns whether the link was valid. */
  run: async ({ recipient, letter, origin }, _: Actor, ports: SubscribePorts): Promise<boolean> =>
    confirmSubscription(recipient, letter, origin, ports),
  document: (isGood) => isGood,
});

export const requestData = act({
  name: "readers.request-data",
  asks: z.strictObject({ recipient: z.string(), list: z.string() }),
  needs: "self",
  answers: z.void(),
  run: async ({ recipient, list }, _: Actor, ports: SubscribePorts): Promise<void> =>
    askForData(recipient, list, ports),
  document: () => undefined,
});
