/** The command that does what a plan shows. It needs the same arguments, because others make another plan. */

import { shellCommand } from "#cli/terminal/shell-quote.ts";
import type { Context } from "../../context.ts";

export interface PlanArguments {
  channels?: string[];
  at?: Date;
  new?: boolean;
  sameAs?: string;
}

export function planCommand(
  { options }: Context,
  paths: readonly string[],
  { channels, at, new: isNew, sameAs }: PlanArguments,
  hash: string,
): string {
  return shellCommand([
    "postrider",
    ...(options.config ? ["--config", options.config] : []),
    ...(options.data ? ["--data", options.data] : []),
    "publish",
    ...(channels ? ["--channels", channels.join(",")] : []),
    ...(at ? ["--at", at.toISOString()] : []),
    ...(isNew ? ["--new"] : []),
    ...(sameAs === undefined ? [] : ["--same-as", sameAs]),
    ...["--plan", hash],
    // After `--`, a name that begins with a hyphen is not taken for an option.
    ...(paths.some((path) => path.startsWith("-")) ? ["--", ...paths] : paths),
  ]);
}
