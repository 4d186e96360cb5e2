/** Shows the plan of a republication, and reads its mode from an argument. */

import { InvalidArgumentError } from "commander";
import { count, plural, type Terminal } from "#cli/terminal/terminal.ts";
import {
  type RepublishMode,
  type RepublishPlan,
  type RepublishStep,
  republishModes,
} from "#core/publishing/republish.ts";
import { diffText } from "./diff-text.ts";

export function planText(terminal: Terminal, { mode, withdrawn, steps }: RepublishPlan): string {
  const back = withdrawn && mode === "repost" ? ["  The post was withdrawn. This publishes it again."] : [];
  return [terminal.style("bold", `Plan: ${mode}`), ...back, ...steps.map((step) => stepText(terminal, step))].join(
    "\n",
  );
}

function stepText(terminal: Terminal, step: RepublishStep): string {
  const { channel, medium, action, reason, recipients, again, maybeAgain, diff } = step;
  if (action === "none") return terminal.style("dim", `  ${channel}: no action: ${reason}`);
  const twice = [
    action === "send" && again > 0 && medium === "email" && `${count(again)} of them already have it`,
    action === "send" && again > 0 && medium === "note" && "followers see it twice",
    maybeAgain > 0 && (medium === "email" ? `${count(maybeAgain)} may already have it` : "it may already be there"),
  ].filter(Boolean);
  const who = action !== "send" || medium !== "email" ? reason : `${plural(recipients, "recipient")}: ${reason}`;
  const cautions = twice.map((line) => terminal.style("yellow", `    ${line}`));
  return [`  ${channel}: ${who}`, ...cautions, ...diffText(terminal, diff)].join("\n");
}

export function modeNamed(value: string): RepublishMode {
  const mode = republishModes.find((each) => each === value);
  if (!mode) throw new InvalidArgumentError(`expected ${republishModes.join(", ")}`);
  return mode;
}
