/** Runs an act of the desk for the operator at this machine. */

import type { z } from "zod";
import { type App, type SiteContext, sitePorts } from "#app.ts";
import { permissions } from "#core/people/permission.ts";
import { type Act, type Actor, perform, type Shown } from "#desk/act.ts";
import type { DeskPorts, Opening, SitePorts } from "#desk/ports.ts";
import type { Context, LaterApp } from "./context.ts";
import { shortPath } from "./reports/diagnostics.ts";

export const operator: Actor = { name: "cli", door: "command line", permissions, isLocal: true };

/** @param more - what the act needs from the terminal. @throws PostriderError */
export function act<Asked extends z.ZodType, Answer, More extends object = object>(
  { signals }: Context,
  app: App,
  definition: Act<Asked, Answer, DeskPorts & More>,
  asked: z.input<Asked>,
  more = {} as More,
): Promise<Answer> {
  return perform(definition, asked, operator, { ...deskFor(app, signals.abort), ...more });
}

/** The same for an act that may need no database: it is opened when the act asks for it. @throws PostriderError */
export function actLater<Asked extends z.ZodType, Answer, More extends object = object>(
  { signals }: Context,
  site: SiteContext,
  app: LaterApp,
  definition: Act<Asked, Answer, SitePorts & Opening<DeskPorts> & More>,
  asked: z.input<Asked>,
  more = {} as More,
): Promise<Answer> {
  const opened = async (): Promise<DeskPorts> => deskFor(await app.open(), signals.abort);
  return perform(definition, asked, operator, { ...sitePorts(site), opened, ...more });
}

/** The document that `--json` prints. */
export function documentOf<Answer, Document>(
  { document }: { document(answer: Answer, shown: Shown): Document },
  answer: Answer,
): Document {
  return document(answer, { placeOf: shortPath });
}

/** Edits on networks continue as long as the caller waits. */
function deskFor({ desk }: App, abort: AbortSignal): DeskPorts {
  const edits = () => abort;
  return { ...desk, edits, opened: async () => ({ ...desk, edits }) };
}
