/** `campaigns`: mailings under way and past; pause, resume and cancel them. */

import { InvalidArgumentError } from "commander";
import type { App } from "#app.ts";
import { duration } from "#cli/reports/progress.ts";
import { nobodyWorks } from "#cli/reports/report.ts";
import { type Column, count, type Terminal, table } from "#cli/terminal/terminal.ts";
import type { Campaign } from "#core/sending/campaign.ts";
import { type DeliveryState, isSettled } from "#core/sending/delivery.ts";
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
    ["pause", "stop sending until it is resumed; emails in transmission still go out"],
    ["resume", "continue a campaign that was paused or had stopped"],
    ["cancel", "stop sending for good; sent emails can't be taken back"],
  ] as const)
    campaigns
      .command(action)
      .argument("<id>", "from `list`; the first characters are enough")
      .description(description)
      .option("--channel <name>", "only on this channel")
      .option("--reason <text>", "why; recorded in the ledger")
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
  // Where nobody works, each campaign says so itself.
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

const isMoving = ({ state }: Campaign): boolean => state === "sending" || state === "freezing" || state === "scheduled";

function campaignTable(terminal: Terminal, campaigns: readonly Campaign[]): string {
  const columns: Column[] = [
    { title: "campaign" },
    { title: "channel" },
    { title: "post" },
    { title: "state" },
    { title: "accepted", align: "right" },
    { title: "of", align: "right" },
    { title: "begun" },
  ];
  const rows = campaigns.map((campaign) => [
    campaign.id.slice(0, 8),
    campaign.channel,
    campaign.post,
    isMoving(campaign) && !campaign.working ? `${campaign.state}, no worker` : campaign.state,
    count(campaign.counts.accepted),
    count(total(campaign)),
    (campaign.startedAt ?? campaign.scheduledFor ?? campaign.createdAt).toISOString().slice(0, 16),
  ]);
  return table(terminal, columns, rows);
}

function campaignText(terminal: Terminal, campaign: Campaign): string {
  const { id, channel, title, state, reason, list: audience, counts, perSecond, secondsLeft, actor } = campaign;
  const settled = Object.entries(counts).reduce((sum, [key, n]) => sum + (isSettled(key as DeliveryState) ? n : 0), 0);
  const states = Object.entries(counts).filter(([, number]) => number > 0);
  return [
    terminal.style("bold", title),
    terminal.style("dim", `${id} · ${channel}${audience ? ` to ${audience}` : ""} · decided by ${actor}`),
    `  ${state}${reason ? `: ${reason}` : ""}`,
    ...states.map(([name, number]) => `  ${count(number).padStart(9)} ${name}`),
    ...(campaign.subjects?.sent ?? []).map(
      (number, at) =>
        `  ${count(number).padStart(9)} accepted with subject ${at + 1}${campaign.subjects?.chosen === at + 1 ? " (chosen)" : ""}`,
    ),
    ...engagementLines(campaign),
    ...(isMoving(campaign) && !campaign.working ? [terminal.style("yellow", `  ${nobodyWorks([channel])}`)] : []),
    `  ${count(settled)} of ${count(total(campaign))} settled · ${perSecond}/s${secondsLeft === null ? "" : ` · ${duration(secondsLeft)} left`}`,
  ].join("\n");
}

/** Both numbers: of those that only a machine opened, some were read by people whose program hides it. */
function engagementLines({ engagement }: Campaign): string[] {
  if (!engagement) return [];
  const { opened, prefetched, clicked, links } = engagement;
  const line = (number: number, what: string): string => `  ${count(number).padStart(9)} ${what}`;
  return [
    line(opened, `opened it${prefetched > 0 ? `; ${count(prefetched)} more opened only by bots` : ""}`),
    line(clicked, "clicked a link"),
    ...links.map((link) => line(link.clicked, `  ${link.url}`)),
  ];
}

function total({ counts }: Campaign): number {
  return Object.values(counts).reduce((sum, number) => sum + number, 0);
}
