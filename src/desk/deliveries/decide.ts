/** Decides about an uncertain delivery: it arrived, it is sent again, or it is left as it is. */

import { z } from "zod";
import type { Verdict } from "#core/listings/delivery-list.ts";
import { deliveryJobs } from "#pipeline/publishing/release.ts";
import { type Actor, act, anyLimits, fields } from "../act.ts";
import { verdictAnswer } from "../answers/delivery.ts";
import { requireDestinations } from "../limits.ts";
import type { DeskPorts } from "../ports.ts";

const stateAfter = { arrived: "accepted", "send-again": "pending", leave: "uncertain" } as const;

export interface VerdictAnswer {
  delivery: string;
  verdict: Verdict;
  state: (typeof stateAfter)[Verdict];
}

export const decideDelivery = act({
  name: "deliveries.decide",
  asks: z.strictObject({
    delivery: z.string().min(1),
    verdict: z
      .enum(["arrived", "send-again", "leave"])
      .describe("arrived: it counts as accepted. send-again: it is sent once more. leave: it stays uncertain"),
    reason: fields.reason.min(1).describe("How you know. Recorded with the delivery"),
  }),
  needs: "operate",
  within: anyLimits,
  answers: verdictAnswer,
  async run(
    { delivery, verdict, reason },
    actor: Actor,
    { ledger, queue, listings }: Pick<DeskPorts, "ledger" | "queue" | "listings">,
  ): Promise<VerdictAnswer> {
    if (actor.limits) requireDestinations(actor, [await listings.deliveries.show(delivery)]);
    await ledger.transaction(async (tx) => {
      if (verdict !== "send-again")
        return listings.verdicts.decide(tx, delivery, { verdict, actor: actor.name, reason });
      await listings.verdicts.requireUncertain(tx, delivery);
      const { publicationId, channel } = await ledger.retryOne(tx, delivery, actor.name, reason);
      await queue.enqueue(tx, await deliveryJobs(tx, publicationId, channel, ledger));
    });
    return { delivery, verdict, state: stateAfter[verdict] };
  },
  document: (answer) => answer,
});
