/** Ends a person's subscriptions. Their records are kept, so that no import adds them again. */

import { z } from "zod";
import { type Actor, act } from "../act.ts";
import { removeAnswer } from "../answers/reader.ts";
import { type ListPorts, requireList } from "./known-list.ts";

export const removeReader = act({
  name: "subscribers.remove",
  /** @param list - default: all. */
  asks: z.strictObject({ address: z.string(), list: z.string().min(1).optional() }),
  needs: "readers",
  answers: removeAnswer,
  async run({ address, list }, _: Actor, ports: ListPorts): Promise<{ address: string; ended: number }> {
    if (list !== undefined) await requireList(list, ports);
    return { address, ended: await ports.subscribers.unsubscribe(address, list) };
  },
  document: (answer) => answer,
});
