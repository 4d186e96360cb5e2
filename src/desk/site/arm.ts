/** Allows a copy of the database to send, when an operator asks for it. */

import { z } from "zod";
import { type Actor, act } from "../act.ts";
import { armAnswer } from "../answers/site.ts";
import type { DeskPorts } from "../ports.ts";

export const armDatabase = act({
  name: "site.arm",
  asks: z.strictObject({}),
  needs: "operate",
  answers: armAnswer,
  /** `changed`: the database could not send before. */
  run: async (_, actor: Actor, { arm }: Pick<DeskPorts, "arm">): Promise<{ armed: true; changed: boolean }> => ({
    armed: true,
    changed: await arm(actor.name),
  }),
  document: (answer) => answer,
});
