/** Suppresses all email to an address, or allows it again. */

import { z } from "zod";
import { type Actor, act, anyLimits, fields } from "../act.ts";
import { suppressAnswer, unsuppressAnswer } from "../answers/reader.ts";
import { requireOwnList } from "../limits.ts";
import type { DeskPorts } from "../ports.ts";
import { requireAddress } from "./address.ts";

type SuppressionPorts = Pick<DeskPorts, "suppressions">;

/** @param list - default: all lists. */
const asks = z.strictObject({
  address: z.string(),
  reason: fields.reason.min(1),
  list: z.string().min(1).optional(),
});

export const suppressAddress = act({
  name: "suppressions.add",
  asks,
  needs: "readers",
  within: anyLimits,
  answers: suppressAnswer,
  async run({ address, reason, list }, actor: Actor, { suppressions }: SuppressionPorts) {
    requireOwnList(actor, list);
    requireAddress(address);
    const change = { reason, actor: actor.name, ...(list && { list }) };
    return { address, suppressed: true, added: await suppressions.add(address, change), ...(list && { list }) };
  },
  document: (answer) => answer,
});

/** Has no effect for people who unsubscribed or were forgotten. */
export const unsuppressAddress = act({
  name: "suppressions.remove",
  asks,
  needs: "readers",
  within: anyLimits,
  answers: unsuppressAnswer,
  async run({ address, reason, list }, actor: Actor, { suppressions }: SuppressionPorts) {
    requireOwnList(actor, list);
    const change = { reason, actor: actor.name, ...(list && { list }) };
    return { address, lifted: await suppressions.lift(address, change) };
  },
  document: (answer) => answer,
});
