/** `campaigns`: lists mailings, and pauses, resumes and cancels them. */

import { InvalidArgumentError } from "commander";
import type { App } from "#app.ts";
import { campaignTable, campaignText, isMoving } from "#cli/reports/campaign-text.ts";
import type { Terminal } from "#cli/terminal/terminal.ts";
import type { Campaign } from "#core/sending/campaign.ts";
import { cancelCampaign, chooseSubject, pauseCampaign, resumeCampaign } from "#desk/campaigns/control.ts";
import { listCampaigns, showCampaign } from "#desk/campaigns/read.ts";
import { act } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";

interface Options {
  channel?: string;
  reason?: string;
}

const controls = { pause: pauseCampaign, resume: resumeCampaign, cancel: cancelCampaign };

const help = `
Examples:
  postrider campaigns list
  postrider campaigns show 3f2a
  postrider campaigns pause 3f2a --reason "wrong link"
  postrider campaigns resume 3f2a`;

export const campaignsCommand: Registration = (program, run) => {
  const campaigns = program.command("campaigns").description("list and control mailings").addHelpText("after", help);
  campaigns.command("list").description("every campaign, newest first").action(run(list));
  campaigns
    .command("show")
    .argument("<id>", "from `list`; the first characters are enough")
    .description("one campaign: states, rate, time left")
    .action(run(show));
  for (const [action, description] of [
    ["pause", "stop sending until it is resumed; emails in transmission are still sent"],
    ["resume", "continue a campaign that was paused or stopped"],
    ["cancel", "stop sending and never continue; emails that were already sent can't be taken back"],
  ] as const)
    campaigns
      .command(action)
      .argument("<id>", "from `list`; the first characters are enough")
      .description(description)
      .option("--channel <name>", "only on this channel")
      .option("--reason <text>", "the reason, recorded in the ledger")
      .action(run((context: Context, id: string, options: Options) => steer(context, action, id, options)));
  campaigns
    .command("choose")
    .argument("<id>", "from `list`; the first characters are enough")
    .argument("<subject>", "1 for the first, and so on", subjectNumber)
    .description("send this subject to the rest of the audience after a subject test")
    .option("--channel <name>", "only on this channel")
    .action(run(chooseOne));
};

async function list(context: Context): Promise<number> {
  await using app = await openedApp(context);
  const { campaigns } = await act(context, app, listCampaigns, {});
  const { terminal } = context;
  if (terminal.json) terminal.printJson({ campaigns });
  else if (campaigns.length === 0) terminal.print("No mail has been sent yet.");
  else terminal.print(campaignTable(terminal, campaigns));
  return exit.ok;
}

async function show(context: Context, id: string): Promise<number> {
  await using app = await openedApp(context);
  const { campaigns } = await act(context, app, showCampaign, { campaign: id });
  print(context.terminal, campaigns);
  return exit.ok;
}

async function steer(
  context: Context,
  action: keyof typeof controls,
  campaign: string,
  { reason = "by the operator", ...rest }: Options,
): Promise<number> {
  await using app = await openedApp(context);
  const { campaigns } = await act(context, app, controls[action], { campaign, reason, ...rest });
  print(context.terminal, campaigns);
  // If no worker is running, each campaign's report mentions it.
  const busy = campaigns.filter((campaign) => isMoving(campaign) && campaign.working).map((each) => each.channel);
  if (action === "resume" && busy.length > 0)
    context.terminal.note(`\nA running worker continues with ${busy.join(", ")}.`);
  return exit.ok;
}

async function chooseOne(context: Context, id: string, subject: number, { channel }: Options): Promise<number> {
  await using app = await openedApp(context);
  const asked = { campaign: id, subject, ...(channel !== undefined && { channel }) };
  print(context.terminal, (await act(context, app, chooseSubject, asked)).campaigns);
  return exit.ok;
}

function subjectNumber(value: string): number {
  if (!/^[1-9]\d?$/.test(value)) throw new InvalidArgumentError("expected a number such as 2");
  return Number(value);
}

async function openedApp(context: Context): Promise<App> {
  return context.app(await context.site());
}

function print(terminal: Terminal, campaigns: readonly Campaign[]): void {
  if (terminal.json) terminal.printJson({ campaigns });
  for (const campaign of campaigns) terminal.print(campaignText(terminal, campaign));
}
