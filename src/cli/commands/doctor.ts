/** `doctor`: checks everything that must be right before emails can be sent, and says how to fix problems. */

import { existsSync } from "node:fs";
import { channelsNamed, keepDataPrivate, type SiteContext, unmendedSentence } from "#app.ts";
import { channelFinding } from "#cli/doctor/channel.ts";
import { domainFindings, recordFinding } from "#cli/doctor/dns.ts";
import { type Finding, sentence } from "#cli/doctor/finding.ts";
import { plural } from "#cli/terminal/terminal.ts";
import type { Transport } from "#core/adapter.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { segmentWarnings } from "#desk/readers/segment.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const doctorCommand: Registration = (program, run) => {
  program
    .command("doctor")
    .description("check configuration, database, queue, each channel's credentials, and the From domain's DNS")
    .addHelpText("after", "\nExamples:\n  postrider doctor\n  postrider doctor --json")
    .action(run(doctor));
};

async function doctor(context: Context): Promise<number> {
  const { terminal } = context;
  const findings: Finding[] = [];
  const found = (finding: Finding): void => {
    findings.push(finding);
    const mark = {
      ok: terminal.style("green", "✓"),
      wrong: terminal.style("red", "✗"),
      unknown: terminal.style("yellow", "?"),
    };
    terminal.print(`${mark[finding.state]} ${finding.about.padEnd(22)} ${finding.message}`);
  };
  const site = await context.site();
  const channels = channelsNamed(site);
  found({ about: "configuration", state: "ok", message: `${site.config.file}, ${plural(channels.length, "channel")}` });
  found(await contentFinding(site));
  found(serverFinding(site));
  await appFindings(context, site, channels, found);
  for (const finding of privacyFindings(site)) found(finding);
  for (const domain of senderDomains(channels)) for (const finding of await domainFindings(domain)) found(finding);
  const wrong = findings.filter((finding) => finding.state === "wrong").length;
  if (terminal.json) terminal.printJson({ findings });
  else terminal.print(wrong ? `\n${plural(wrong, "problem")} to fix.` : "\nNo problems found.");
  return wrong ? exit.trouble : exit.ok;
}

async function contentFinding(site: SiteContext): Promise<Finding> {
  const about = "content";
  try {
    const posts = await site.content.list();
    return { about, state: "ok", message: `${plural(posts.length, "post")} in ${site.config.content.dir}` };
  } catch (error) {
    return { about, state: "wrong", message: sentence(error) };
  }
}

function serverFinding({ config }: SiteContext): Finding {
  const about = "server.url";
  if (!config.serverUrl)
    return {
      about,
      state: "unknown",
      message: "not set: readers can only unsubscribe by email, but Gmail and Yahoo require a link from large senders",
    };
  if (config.serverUrl.startsWith("https:")) return { about, state: "ok", message: config.serverUrl };
  return {
    about,
    state: "wrong",
    message: `${config.serverUrl} is not https: email clients ignore such unsubscribe links (RFC 8058 §3.1)`,
  };
}

/** Checked last, when the folder and its files exist. */
function privacyFindings({ dataDir }: SiteContext): Finding[] {
  const about = "data folder";
  if (!existsSync(dataDir)) return [];
  const { unmended, links } = keepDataPrivate(dataDir);
  const followed = links.map(
    (link): Finding => ({
      about,
      state: "unknown",
      message: `${link} is a symbolic link: check who may read its target`,
    }),
  );
  if (unmended.length > 0) return [{ about, state: "wrong", message: unmendedSentence(unmended) }, ...followed];
  if (process.platform === "win32") return [];
  return [{ about, state: "ok", message: `only this user can read ${dataDir}` }, ...followed];
}

async function appFindings(
  context: Context,
  site: SiteContext,
  channels: readonly Channel[],
  found: (finding: Finding) => void,
): Promise<void> {
  try {
    await using app = await context.app(site, channels);
    const where = app.database.kind === "embedded" ? `embedded, in ${site.dataDir}` : "the server of DATABASE_URL";
    found({ about: "database", state: "ok", message: `PostgreSQL, ${where}` });
    found({ about: "queue", state: "ok", message: app.backend.kind === "redis" ? "Redis" : "in the same PostgreSQL" });
    for (const channel of channels) {
      found(await channelFinding(channel, app.desk.transport));
      const { dnsRecords = [] } = await app.desk.transport(channel.name).catch(() => ({}) as Partial<Transport>);
      for (const record of dnsRecords) found(await recordFinding(record));
      const { segment } = channel.sending ?? {};
      for (const message of segment ? await segmentWarnings(segment, app.subscribers) : [])
        found({ about: `${channel.name} segment`, state: "unknown", message });
    }
  } catch (error) {
    found({ about: "database or queue", state: "wrong", message: sentence(error) });
  }
}

function senderDomains(channels: readonly Channel[]): Set<string> {
  const senders = channels
    .filter(({ medium }) => medium === "email")
    .map(({ config }) => (config as { from?: string }).from);
  return new Set(senders.flatMap((from) => /@([^\s@<>]+)>?$/.exec(from ?? "")?.[1] ?? []));
}
