/** Erases personal data whose retention time is over. */

import { z } from "zod";
import type { Retained } from "#core/readers/retention.ts";
import { type Actor, act, fields } from "../act.ts";
import { retainAnswer } from "../answers/reader.ts";
import type { DeskPorts } from "../ports.ts";

export const retainData = act({
  name: "subscribers.retain",
  /** @param dryRun - only counts. */
  asks: z.strictObject({ dryRun: fields.dryRun }),
  needs: "readers",
  answers: retainAnswer,
  async run({ dryRun }, _: Actor, { retain }: Pick<DeskPorts, "retain">): Promise<{ dryRun?: true } & Retained> {
    const erased = await retain(dryRun ?? false);
    return { ...(dryRun && { dryRun }), ...erased };
  },
  document: (answer) => answer,
});
