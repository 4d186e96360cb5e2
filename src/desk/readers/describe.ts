/** Sets attributes of one reader, for segments. */

import { z } from "zod";
import type { Attributes } from "#core/readers/attributes.ts";
import { type Actor, act } from "../act.ts";
import { describeAnswer } from "../answers/reader.ts";
import type { ListPorts } from "./known-list.ts";

export const describeReader = act({
  name: "subscribers.describe",
  asks: z.strictObject({ address: z.string(), attributes: z.custom<Attributes>() }),
  needs: "readers",
  within: ["channels"],
  answers: describeAnswer,
  async run({ address, attributes }, _: Actor, { subscribers }: ListPorts): Promise<{ described: true }> {
    await subscribers.describe(address, attributes);
    return { described: true };
  },
  document: (answer) => answer,
});
