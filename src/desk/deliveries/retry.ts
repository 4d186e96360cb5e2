/** Tries one refused or uncertain delivery again. */

import { z } from "zod";
import { onceFor } from "#core/requests/request.ts";
import { deliveryJobs } from "#pipeline/publishing/release.ts";
import { type Actor, act, anyLimits, fields } from "../act.ts";
import { retryAnswer } from "../answers/campaign.ts";
import { requireDestinations } from "../limits.ts";
import type { DeskPorts } from "../ports.ts";

export const retryDelivery = act({
  name: "deliveries.retry",
  asks: z.strictObject({ delivery: z.string().min(1), reason: fields.reason }),
  needs: "operate",
  within: anyLimits,
  answers: retryAnswer,
  async run(
    { delivery, reason },
    actor: Actor,
    { ledger, queue, requests }: Pick<DeskPorts, "ledger" | "queue" | "requests">,
  ): Promise<{ delivery: string; state: "pending" }> {
    const once = onceFor(actor.request, requests);
    await ledger.transaction(async (tx) => {
      if (!(await once.mark(tx))) return;
      const { publicationId, channel, list } = await ledger.retryOne(tx, delivery, actor.name, reason);
      requireDestinations(actor, [{ channel, list }]);
      await queue.enqueue(tx, await deliveryJobs(tx, publicationId, channel, ledger));
    });
    return { delivery, state: "pending" };
  },
  document: (answer) => answer,
});
