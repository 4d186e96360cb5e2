/** Reads `jobs/*.yaml`: one declared job in each file. What is wrong is told with its line, and the other jobs go on. */

import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Schema } from "#core/adapter.ts";
import { ConfigError, messageOf } from "#core/errors.ts";
import { type JobFile, jobKinds } from "#core/job-file.ts";
import type { Medium } from "#core/rendition.ts";
import { parseYaml, type YamlDocument, YamlError } from "#formats/yaml.ts";
import { type Problem, validate } from "./issues.ts";
import { type Declaration, jobSchemas } from "./job-schema.ts";
import { sendingSchema, splitSending } from "./sending.ts";
import { suggestion } from "./spelling.ts";
import { offsetOf } from "./timing.ts";

export { jobJsonSchema } from "./job-schema.ts";

export interface Jobs {
  jobs: JobFile[];
  /** One for each mistake. */
  problems: ConfigError[];
  /** Of every file, also of those that are wrong: a job with a mistake in it was not taken away. */
  names: string[];
}

/** What the files may refer to. */
export interface JobSurroundings {
  /** That of the site, which relative files are relative to. */
  dir: string;
  timezone: string;
  channels: readonly { name: string; medium: Medium; list?: string }[];
  /** Those that have readers; absent: nobody could look. */
  lists?: readonly string[];
  /** Mail templates by name. */
  templatesDir: string;
}

/** A folder that isn't there holds no jobs. */
export async function readJobs(surroundings: JobSurroundings): Promise<Jobs> {
  const dir = join(surroundings.dir, "jobs");
  const files = (await readdir(dir).catch((): string[] => [])).filter((name) => /\.ya?ml$/.test(name)).sort();
  const jobs: JobFile[] = [];
  const problems: ConfigError[] = [];
  for (const [name, same] of Map.groupBy(files, stem)) {
    if (same.length > 1)
      problems.push(
        ...same.map((file) => new ConfigError(`two jobs are called "${name}": neither runs`, at(join(dir, file), 1))),
      );
    const read = await Promise.all(same.map((file) => readJob(join(dir, file), name, surroundings)));
    for (const each of read) {
      problems.push(...each.problems);
      if (each.job && same.length === 1) jobs.push(each.job);
    }
  }
  return { jobs, problems, names: [...new Set(files.map(stem))] };
}

function stem(file: string): string {
  return file.replace(/\.ya?ml$/, "");
}

async function readJob(
  file: string,
  name: string,
  surroundings: JobSurroundings,
): Promise<{ job?: JobFile; problems: ConfigError[] }> {
  try {
    const document = parseYaml(await readFile(file, "utf8"));
    const declared = declaration(document, surroundings.timezone);
    const problems = "problems" in declared ? declared.problems : mistakesOf(declared.value, surroundings);
    const twice = document.warnings.map(({ message, line }) => new ConfigError(message, at(file, line)));
    const errors = [
      ...twice,
      ...problems.map(
        ({ path, message }) =>
          new ConfigError(`${path.join(".") || "the file"}: ${message}`, at(file, document.lineOf(path))),
      ),
    ];
    return "value" in declared && errors.length === 0
      ? { job: jobOf(name, declared.value, surroundings.timezone), problems: [] }
      : { problems: errors };
  } catch (error) {
    const line = error instanceof YamlError ? error.line : undefined;
    return { problems: [new ConfigError(messageOf(error), { file, ...(line && { line }) })] };
  }
}

function at(file: string, line: number): { file: string; line: number } {
  return { file, line };
}

/** By its kind, so that a wrong key is held against the keys of that kind. */
function declaration({ value }: YamlDocument, timezone: string): { value: Declaration } | { problems: Problem[] } {
  const kind = (value as { kind?: unknown } | null)?.kind;
  const known = jobKinds.find((each) => each === kind);
  if (known) return validate(jobSchemas(timezone)[known] as unknown as Schema<Declaration>, value);
  const guess = typeof kind === "string" ? suggestion(kind, jobKinds) : "";
  const found = kind === undefined ? "is missing" : `found ${JSON.stringify(kind)}`;
  return { problems: [{ path: ["kind"], message: `expected ${jobKinds.join(", ")}; ${guess || found}` }] };
}

/** What only shows beside the rest of the site. */
function mistakesOf(job: Declaration, { channels, lists, dir, templatesDir }: JobSurroundings): Problem[] {
  const problems: Problem[] = [];
  const missing = (path: Problem["path"], what: string, name: string, known: readonly string[]): void => {
    const hint = suggestion(name, known) || (known.length > 0 ? `known: ${known.join(", ")}` : "there is none yet");
    problems.push({ path, message: `there is no ${what} "${name}"; ${hint}` });
  };
  const named = "channels" in job ? (job.channels ?? []) : [];
  for (const [index, name] of named.entries()) {
    const channel = channels.find((each) => each.name === name);
    const path = ["channels", index];
    if (!channel)
      missing(
        path,
        "channel",
        name,
        channels.map((each) => each.name),
      );
    else if (job.kind === "campaign" && channel.medium !== "email")
      problems.push({ path, message: `"${name}" is no channel of mail, and a campaign is a mailing` });
  }
  for (const name of Object.keys((job.kind === "publish" && job.after) || {}))
    if (!named.includes(name)) missing(["after", name], "channel of this job", name, named);
  if (job.kind === "campaign") {
    const known = [...new Set([...channels.flatMap(({ list }) => list ?? []), ...(lists ?? [])])];
    if (job.audience && lists && !known.includes(job.audience.list))
      missing(["audience", "list"], "list", job.audience.list, known);
    if (typeof job.intro === "object" && !existsSync(join(dir, job.intro.file)))
      problems.push({
        path: ["intro", "file"],
        message: `there is no file "${job.intro.file}" in the folder of the site`,
      });
    if (job.template && !existsSync(join(templatesDir, "email", `${job.template}.mjml`)))
      problems.push({ path: ["template"], message: `there is no file email/${job.template}.mjml among the templates` });
  }
  if (job.kind === "campaign" && job.post && !existsSync(join(dir, job.post)))
    problems.push({ path: ["post"], message: `there is no file "${job.post}" in the folder of the site` });
  if (job.kind === "republish" && job.schedule)
    for (const key of ["post", "channels", "mode"] as const)
      if (!job[key]) problems.push({ path: ["schedule"], message: `nobody is there to ask: "${key}" is missing` });
  if (job.kind === "republish" && job.schedule && job.mode === "repost")
    problems.push({ path: ["mode"], message: "a repost reaches people who have it already; no schedule may do that" });
  if (job.kind === "maintenance" && new Set(job.tasks).size < job.tasks.length)
    problems.push({ path: ["tasks"], message: "a task is given twice" });
  return problems;
}

function jobOf(name: string, job: Declaration, timezone: string): JobFile {
  if (job.kind === "maintenance") {
    const { keep, ...rest } = job;
    return defined({ name, ...rest, keepSeconds: keep }) as JobFile;
  }
  if (job.kind === "publish") {
    const { after, ...rest } = job;
    const moved = Object.entries(after ?? {}).map(([channel, text]) => [channel, offsetOf(text, timezone)]);
    return defined({ name, ...rest, ...(after && { after: Object.fromEntries(moved) }) }) as JobFile;
  }
  if (job.kind !== "campaign") return defined({ name, ...job }) as JobFile;
  const { review, pace, ...rest } = job;
  const { stopAfterFailures, ...rate } = pace ?? {};
  const parts = { ...(Object.keys(rate).length > 0 && { pace: rate }), stopAfterFailures, ...rest };
  const { sending, own } = splitSending(defined(parts));
  return defined({
    name,
    ...own,
    sending: sendingSchema(timezone, {}).parse(sending),
    ...(review && { review: { to: review.to, expiresSeconds: review.expires } }),
  }) as JobFile;
}

/** Without the keys that are `undefined`. */
function defined(value: object): Record<string, unknown> & Partial<JobFile> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}
