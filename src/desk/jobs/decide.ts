/** Approves an edition, which is then sent, or declines it. */

import { z } from "zod";
import type { Edition } from "#core/jobs/edition.ts";
import { requireNoneHeld } from "#pipeline/publishing/approval.ts";
import { type Actor, act, anyLimits } from "../act.ts";
import { editionAnswer } from "../answers/job.ts";
import { destinationOf, requireDestinations } from "../limits.ts";
import type { DeskPorts } from "../ports.ts";

const deciding = (decision: "approved" | "declined") =>
  act({
    name: `editions.${decision === "approved" ? "approve" : "decline"}`,
    asks: z.strictObject({ job: z.string().min(1), number: z.int().min(0) }),
    needs: ["publish", "review"],
    within: anyLimits,
    answers: editionAnswer,
    async run(
      edition,
      actor: Actor,
      ports: Pick<DeskPorts, "jobs" | "configuredChannels">,
    ): Promise<{ edition: Edition }> {
      const { jobs } = ports;
      const found = await jobs.editions.find(edition.job, edition.number);
      if (actor.limits) requireDestinations(actor, (found?.channels ?? []).map(destinationOf));
      if (decision === "approved" && found?.actor === actor.name) {
        const names = found.channels.map(({ name }) => name);
        const channels = ports.configuredChannels().map(({ channel }) => channel);
        requireNoneHeld(
          channels.filter(({ name }) => names.includes(name)),
          "You have prepared this edition yourself. Ask another reviewer to approve it.",
        );
      }
      return { edition: await jobs.decide({ ...edition, decision, actor: actor.name }) };
    },
    document: (answer) => answer,
  });

export const approveEdition = deciding("approved");
export const declineEdition = deciding("declined");
