/** Runs an act of the desk for the caller of a request. */

import type { Context } from "hono";
import type { z } from "zod";
import { type Act, perform } from "#desk/act.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { callerOf } from "./caller.ts";

/** @param asked - the unchecked request; the act's schema checks it. */
export async function act<Asked extends z.ZodType, Answer, Answered extends z.ZodType>(
  context: Context,
  definition: Act<Asked, Answer, DeskPorts, Answered>,
  asked: object,
  desk: DeskPorts,
  who = callerOf(context, definition),
): Promise<{ answer: Answer; document: z.input<Answered> }> {
  const answer = await perform(definition, asked as z.input<Asked>, who, desk);
  return { answer, document: definition.document(answer, desk) };
}
