/** Ends a person's subscriptions. Their records are kept, so that no import adds them again. */

import { z } from "zod";
import { type Actor, act, anyLimits } from "../act.ts";
import { removeAnswer } from "../answers/reader.ts";
import { requireOwnList } from "../limits.ts";
import { type ListPorts, requireList } from "./known-list.ts";

export const removeReader = act({
  name: "subscribers.remove",
  /** @param list - default: all. */
  asks: z.strictObject({ address: z.string(), list: z.string().min(1).optional() }),
  needs: "readers",
  within: anyLimits,
  answers: removeAnswer,
  async run({ address, list }, actor: Actor, ports: ListPorts): Promise<{ address: string; ended: number }> {
    requireOwnList(actor, list);
    if (list !== undefined) await requireList(list, ports);
    return { address, ended: await ports.subscribers.unsubscribe(address, list) };
  },
  document: (answer) => answer,
});
