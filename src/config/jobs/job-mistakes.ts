/**
 * Finds mistakes in a job file that depend on the rest of the site: unknown channels, lists, files, and missing
 * values.
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Problem, validate } from "#config/values/issues.ts";
import { sendingSchema, splitSending } from "#config/values/sending.ts";
import type { Schema } from "#core/adapter.ts";
import { questions } from "#core/jobs/job-file.ts";
import type { Medium } from "#core/renditions/rendition.ts";
import type { SendingRules } from "#core/sending/sending.ts";
import { suggestion } from "#core/spelling.ts";
import type { Declaration } from "./job-schema.ts";

/** Names that a job file may refer to. */
export interface JobSurroundings {
  /** The site's folder. Relative file names start here. */
  dir: string;
  timezone: string;
  channels: readonly { name: string; medium: Medium; list?: string }[];
  /** Lists that are declared or have readers; absent if there is no database to ask. */
  lists?: readonly string[];
  /** Segment expressions by name. */
  segments: Readonly<Record<string, string>>;
  /** The folder with the email templates. */
  templatesDir: string;
}

type Campaign = Extract<Declaration, { kind: "campaign" }>;
type Republication = Extract<Declaration, { kind: "republish" }>;

/** @param job - the valid keys of the file; any key may be missing. */
export function mistakesOf(job: Partial<Declaration>, site: JobSurroundings): Problem[] {
  const own = {
    publish: () =>
      Object.keys((job.kind === "publish" && job.after) || {})
        .filter((name) => !namedBy(job).includes(name))
        .map((name) => missing(["after", name], "channel in this job", name, namedBy(job))),
    campaign: () => campaignMistakes(job as Partial<Campaign>, site),
    republish: () => republicationMistakes(job as Partial<Republication>),
    maintenance: () =>
      job.kind === "maintenance" && new Set(job.tasks).size < (job.tasks?.length ?? 0)
        ? [{ path: ["tasks"], message: "a task is listed twice" }]
        : [],
  };
  const post = "post" in job && job.post && !existsSync(join(site.dir, job.post)) ? job.post : null;
  return [
    ...channelMistakes(job, site),
    ...(post ? [{ path: ["post"], message: `the site folder has no file "${post}"` }] : []),
    ...(job.kind ? own[job.kind]() : []),
  ];
}

/** A campaign's sending settings, in the form of a channel's settings. They include the segment of its audience. */
export function sendingParts(
  { pace, ...rest }: Record<string, unknown>,
  audience: { segment?: string | undefined } | undefined,
): ReturnType<typeof splitSending> {
  const { stopAfterFailures, ...rate } = (pace ?? {}) as Record<string, unknown>;
  return splitSending({
    ...(Object.keys(rate).length > 0 && { pace: rate }),
    ...(stopAfterFailures !== undefined && { stopAfterFailures }),
    ...(audience?.segment !== undefined && { segment: audience.segment }),
    ...rest,
  });
}

function missing(path: Problem["path"], what: string, name: string, known: readonly string[]): Problem {
  const hint = suggestion(name, known) || (known.length > 0 ? `known: ${known.join(", ")}` : "none exists yet");
  return { path, message: `there is no ${what} "${name}"; ${hint}` };
}

function missingList(name: string, known: readonly string[]): Problem {
  const { path, message } = missing(["audience", "list"], "list", name, known);
  const isTypo = suggestion(name, known) !== "";
  return { path, message: isTypo ? message : `${message}; or add the list under "lists" in postrider.yaml` };
}

function namedBy(job: Partial<Declaration>): string[] {
  return "channels" in job ? (job.channels ?? []) : [];
}

function channelMistakes(job: Partial<Declaration>, { channels }: JobSurroundings): Problem[] {
  const known = channels.map(({ name }) => name);
  return namedBy(job).flatMap((name, index) => {
    const path = ["channels", index];
    const channel = channels.find((each) => each.name === name);
    if (!channel) return missing(path, "channel", name, known);
    if (job.kind === "campaign" && channel.medium !== "email")
      return { path, message: `"${name}" is not an email channel; a campaign needs one` };
    return [];
  });
}

function campaignMistakes(job: Partial<Campaign>, site: JobSurroundings): Problem[] {
  const { audience, intro, template } = job;
  const { channels, lists, dir, templatesDir } = site;
  const problems: Problem[] = [];
  const known = [...new Set([...channels.flatMap(({ list }) => list ?? []), ...(lists ?? [])])];
  if (audience?.list && lists && !known.includes(audience.list)) problems.push(missingList(audience.list, known));
  if (audience?.segment && job.segment)
    problems.push({ path: ["segment"], message: "the audience already has a segment; keep only one of the two" });
  if (typeof intro === "object" && !existsSync(join(dir, intro.file)))
    problems.push({ path: ["intro", "file"], message: `the site folder has no file "${intro.file}"` });
  if (template && !existsSync(join(templatesDir, "email", `${template}.mjml`)))
    problems.push({ path: ["template"], message: `the templates folder has no file email/${template}.mjml` });
  const { sending } = sendingParts(job, audience);
  const rules = validate(sendingSchema(site.timezone, site.segments) as Schema<SendingRules>, sending);
  if ("value" in rules) return problems;
  const place = audience?.segment ? ["audience"] : [];
  return [...problems, ...rules.problems.map((each) => ({ ...each, path: [...place, ...each.path] }))];
}

function republicationMistakes({ schedule, ask, mode, ...rest }: Partial<Republication>): Problem[] {
  const given = { mode, ...rest };
  const problems: Problem[] = [];
  if (ask) {
    for (const question of questions)
      if (ask.includes(question) && given[question] !== undefined)
        problems.push({ path: [question], message: "is listed under `ask`, so it can't have a value here" });
    for (const question of ["post", "mode"] as const)
      if (!ask.includes(question) && given[question] === undefined)
        problems.push({ path: ["ask"], message: `"${question}" is missing: set it, or list it under \`ask\`` });
  }
  if (!schedule) return problems;
  for (const key of ["post", "channels", "mode"] as const)
    if (!given[key])
      problems.push({ path: ["schedule"], message: `a scheduled job can't ask an operator: set "${key}"` });
  if (mode === "repost")
    problems.push({
      path: ["mode"],
      message: "a repost sends the post again to people who have it, so it can't run on a schedule",
    });
  return problems;
}
