/** Reads `jobs/*.yaml`, one job per file. Mistakes are reported with their line; the other jobs still run. */

import { readdir, readFile } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { type Problem, validate } from "#config/values/issues.ts";
import { sendingSchema } from "#config/values/sending.ts";
import { offsetOf } from "#config/values/timing.ts";
import type { Schema } from "#core/adapter.ts";
import { ConfigError, messageOf } from "#core/errors.ts";
import { type JobFile, jobKinds } from "#core/jobs/job-file.ts";
import { nearest, suggestion } from "#core/spelling.ts";
import { parseYaml, type YamlDocument, YamlError } from "#formats/yaml.ts";
import { type JobSurroundings, mistakesOf, sendingParts } from "./job-mistakes.ts";
import { type Declaration, jobSchemas } from "./job-schema.ts";

export type { JobSurroundings } from "./job-mistakes.ts";
export { jobJsonSchema } from "./job-schema.ts";

export interface Jobs {
  jobs: JobFile[];
  /** One error for each mistake. */
  problems: ConfigError[];
  /** The names of all files, including invalid ones: a job with a mistake was not removed. */
  names: string[];
}

/** If the folder does not exist, there are no jobs. */
export function readJobs(surroundings: JobSurroundings): Promise<Jobs> {
  return readFolder(join(surroundings.dir, "jobs"), surroundings);
}

/** Mistakes in the files alone, for a configuration with so many mistakes that they can't be compared with it. */
export async function jobMistakes(siteDir: string): Promise<ConfigError[]> {
  return (await readFolder(join(siteDir, "jobs"), null)).problems;
}

async function readFolder(dir: string, surroundings: JobSurroundings | null): Promise<Jobs> {
  const found = (await readdir(dir, { recursive: true }).catch((): string[] => []))
    .filter((path) => /\.ya?ml$/.test(path) && !isHidden(path))
    .sort();
  const files = found.filter((path) => basename(path) === path);
  const jobs: JobFile[] = [];
  const problems = found.filter((path) => basename(path) !== path).map((path) => tooDeep(join(dir, path)));
  for (const [name, same] of Map.groupBy(files, stem)) {
    if (same.length > 1)
      problems.push(
        ...same.map(
          (file) =>
            new ConfigError(
              `two job files are named "${name}". Neither job runs until you rename one`,
              at(join(dir, file), 1),
            ),
        ),
      );
    const read = await Promise.all(same.map((file) => readJob(join(dir, file), name, surroundings)));
    for (const each of read) {
      problems.push(...each.problems);
      if (each.job && same.length === 1) jobs.push(each.job);
    }
  }
  return { jobs, problems, names: [...new Set(files.map(stem))] };
}

/** Folders that begin with a dot are technical: a mounted volume keeps the contents of the files in one. */
function isHidden(path: string): boolean {
  return path.split(sep).some((name) => name.startsWith("."));
}

function tooDeep(file: string): ConfigError {
  return new ConfigError(
    "job files in subfolders are not read. Move the file to jobs/, or out of jobs/ if it is not a job",
    at(file, 1),
  );
}

function stem(file: string): string {
  return file.replace(/\.ya?ml$/, "");
}

async function readJob(
  file: string,
  name: string,
  surroundings: JobSurroundings | null,
): Promise<{ job?: JobFile; problems: ConfigError[] }> {
  try {
    const document = parseYaml(await readFile(file, "utf8"));
    const { value, problems } = declaration(document, surroundings);
    const twice = document.twice.map(({ key, line }) => new ConfigError(`"${key}" is given twice`, at(file, line)));
    const errors = [
      ...twice,
      ...problems.map(
        ({ path, message }) =>
          new ConfigError(`${path.join(".") || "the file"}: ${message}`, at(file, document.lineOf(path))),
      ),
    ].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    return value && surroundings && errors.length === 0
      ? { job: jobOf(name, value, surroundings), problems: [] }
      : { problems: errors };
  } catch (error) {
    const line = error instanceof YamlError ? error.line : undefined;
    return { problems: [new ConfigError(messageOf(error), { file, ...(line && { line }) })] };
  }
}

function at(file: string, line: number): { file: string; line: number } {
  return { file, line };
}

/** Parsed by its kind, so that a wrong key is compared with the keys of that kind. All mistakes are reported. */
function declaration(
  document: YamlDocument,
  surroundings: JobSurroundings | null,
): { value?: Declaration; problems: Problem[] } {
  const { value } = document;
  const kind = (value as { kind?: unknown } | null)?.kind;
  const known = jobKinds.find((each) => each === kind);
  if (known) {
    const schema = jobSchemas(surroundings?.timezone ?? "UTC")[known];
    const result = validate(schema as unknown as Schema<Declaration>, value);
    const mistakes = (job: Declaration) => (surroundings ? mistakesOf(job, surroundings) : []);
    if ("value" in result) return { value: result.value, problems: mistakes(result.value) };
    return { problems: [...result.problems, ...mistakes(soundParts(schema.shape, value as object))] };
  }
  const meant = typeof kind === "string" ? nearest(kind, jobKinds) : "";
  const found = kind === undefined ? "is missing" : `found ${JSON.stringify(kind)}`;
  const hint = typeof kind === "string" && meant ? suggestion(kind, jobKinds) : found;
  const problem: Problem = { path: ["kind"], message: `expected ${jobKinds.join(", ")}; ${hint}` };
  if (!meant) return { problems: [problem] };
  const { problems } = declaration({ ...document, value: { ...(value as object), kind: meant } }, surroundings);
  return { problems: [problem, ...problems] };
}

/** The valid keys of a declaration. */
function soundParts(shape: Readonly<Record<string, Part>>, value: object): Declaration {
  const given = value as Record<string, unknown>;
  const parts = Object.entries(shape).flatMap(([key, part]) => {
    const parsed = part.safeParse(given[key]);
    return parsed.success ? [[key, parsed.data]] : [];
  });
  return Object.fromEntries(parts) as Declaration;
}

interface Part {
  safeParse(value: unknown): { success: true; data: unknown } | { success: false };
}

function jobOf(name: string, job: Declaration, { timezone, segments }: JobSurroundings): JobFile {
  if (job.kind === "maintenance") {
    const { keep, keepMails, keepEvents, ...rest } = job;
    const kept = defined({ seconds: keep, mailsSeconds: keepMails, eventsSeconds: keepEvents });
    return defined({ name, ...rest, keep: kept }) as JobFile;
  }
  if (job.kind === "publish") {
    const { after, ...rest } = job;
    const moved = Object.entries(after ?? {}).map(([channel, text]) => [channel, offsetOf(text, timezone)]);
    return defined({ name, ...rest, ...(after && { after: Object.fromEntries(moved) }) }) as JobFile;
  }
  if (job.kind !== "campaign") return defined({ name, ...job }) as JobFile;
  const { review, audience, ...rest } = job;
  const { sending, own } = sendingParts(defined(rest), audience);
  return defined({
    name,
    ...own,
    ...(audience?.list && { audience: { list: audience.list } }),
    sending: sendingSchema(timezone, segments).parse(sending),
    ...(review && { review: { to: review.to, expiresSeconds: review.expires } }),
  }) as JobFile;
}

/** Without the keys that are `undefined`. */
function defined(value: object): Record<string, unknown> & Partial<JobFile> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}
