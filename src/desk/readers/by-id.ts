/** Ends subscriptions of a reader, and erases a reader, by the reader's id. */

import { z } from "zod";
import { type Actor, act, anyLimits } from "../act.ts";
import { forgetAnswer, removeAnswer } from "../answers/reader.ts";
import { requireOwnList } from "../limits.ts";
import type { DeskPorts } from "../ports.ts";
import { forgetReader } from "./forget.ts";
import type { ListPorts } from "./known-list.ts";
import { removeReader } from "./remove.ts";

type Ports = ListPorts & Pick<DeskPorts, "listings">;

const subscriber = z.string().min(1);

export const forgetReaderById = act({
  name: "subscribers.forget",
  asks: z.strictObject({ subscriber }),
  needs: "readers",
  within: ["channels"],
  answers: forgetAnswer,
  async run(asked, actor: Actor, ports: Ports): Promise<{ forgotten: boolean; known: boolean }> {
    const { address } = await ports.listings.readers.show(asked.subscriber);
    return forgetReader.run({ address }, actor, ports);
  },
  document: (answer) => answer,
});

export const removeReaderById = act({
  name: "subscribers.remove",
  /** @param list - default: all. */
  asks: z.strictObject({ subscriber, list: z.string().min(1).optional().describe("Default: all lists") }),
  needs: "readers",
  within: anyLimits,
  answers: removeAnswer,
  async run({ subscriber: id, list }, actor: Actor, ports: Ports): Promise<{ address: string; ended: number }> {
    requireOwnList(actor, list);
    const { address } = await ports.listings.readers.show(id);
    return removeReader.run({ address, list }, actor, ports);
  },
  document: (answer) => answer,
});
