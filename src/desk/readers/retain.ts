/** Erases personal data whose retention time is over. */

import { z } from "zod";
import type { Retained } from "#core/readers/retention.ts";
import { type Actor, act, fields } from "../act.ts";
import { retainAnswer } from "../answers/reader.ts";
import type { DeskPorts } from "../ports.ts";

export const retainData = act({
  /** @param dryRun - only counts. */
  asks: z.strictObject({ dryRun: fields.dryRun }),
  needs: "readers",
  answers: retainAnswer,
  async run({ dryRun }, _: Actor, { retain }: Pick<DeskPorts, "retain">): Promise<{ dryRun?: true } & Retained> {
    const { unconfirmed, networks, engagement, bounces } = await retain(dryRun ?? false);
    return { ...(dryRun && { dryRun }), unconfirmed, networks, engagement, bounces };
  },
  document: (answer) => answer,
});
