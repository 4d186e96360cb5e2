/** Does what an operator at this machine asks for, by the acts of the desk. */

import type { z } from "zod";
import type { App } from "#app.ts";
import { type Act, type Actor, perform } from "#desk/act.ts";
import type { DeskPorts } from "#desk/ports.ts";
import type { Context } from "./context.ts";

const operator: Actor = { name: "cli", role: "owner", isLocal: true };

/** @throws PostriderError */
export function act<Asked extends z.ZodType, Answer>(
  { signals }: Context,
  app: App,
  definition: Act<Asked, Answer, DeskPorts>,
  asked: z.input<Asked>,
): Promise<Answer> {
  return perform(definition, asked, operator, { ...app.desk, edits: () => signals.abort });
}
