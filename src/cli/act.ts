/** Does what an operator at this machine asks for, by the acts of the desk. */

import type { z } from "zod";
import type { App } from "#app.ts";
import { type Act, type Actor, perform } from "#desk/act.ts";
import type { DeskPorts } from "#desk/ports.ts";
import type { Context } from "./context.ts";

const operator: Actor = { name: "cli", role: "owner", isLocal: true };

/** @param more - what the act needs of the terminal. @throws PostriderError */
export function act<Asked extends z.ZodType, Answer, More extends object = object>(
  { signals }: Context,
  app: App,
  definition: Act<Asked, Answer, DeskPorts & More>,
  asked: z.input<Asked>,
  more = {} as More,
): Promise<Answer> {
  return perform(definition, asked, operator, { ...app.desk, edits: () => signals.abort, ...more });
}
