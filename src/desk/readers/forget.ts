/** Erases one reader. Only a hash is kept, so that they get no email and no import adds them again. */

import { z } from "zod";
import { type Actor, act } from "../act.ts";
import { forgetAnswer } from "../answers/reader.ts";
import type { ListPorts } from "./known-list.ts";

export const forgetReader = act({
  name: "subscribers.forget",
  asks: z.strictObject({ address: z.string() }),
  needs: "readers",
  within: ["channels"],
  answers: forgetAnswer,
  /** `known`: there was something to erase. */
  run: async ({ address }, _: Actor, { subscribers }: ListPorts) => ({
    forgotten: true,
    known: await subscribers.forget(address),
  }),
  document: (answer) => answer,
});
