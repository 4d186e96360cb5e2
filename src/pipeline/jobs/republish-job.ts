/** Jobs of kind `republish`: combines the job file with the operator's answers, and makes the plan. */

import { PostriderError } from "#core/errors.ts";
import { type Answers, type Question, questions, type RepublishJob } from "#core/jobs/job-file.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { RepublishMode, RepublishPlan } from "#core/publishing/republish.ts";
import { republish } from "#pipeline/republishing/republish.ts";
import { planRepublication, type RepublishPorts } from "#pipeline/republishing/republish-plan.ts";
import type { Ran, Run } from "./run-jobs.ts";

export interface RepublishJobPorts extends RepublishPorts {
  channels: readonly Channel[];
  /** @throws PostriderError if the file is not a post that may be published */
  post(path: string): Promise<Post>;
}

/** Runs the harmless parts immediately. @throws PostriderError `invalid` if a value is missing */
export async function runRepublication(
  job: RepublishJob,
  { actor }: Run,
  ports: RepublishJobPorts,
): Promise<(tx: Transaction) => Promise<Ran>> {
  const { mode, reason = "" } = complete(job, true);
  const { post, channels, plan } = await planOfJob(job, ports);
  const { replace = false } = job;
  const request = { post, channels, mode, actor, reason, replace, signal: AbortSignal.timeout(120_000) };
  const steps = plan.steps.filter(({ action }) => action !== "none");
  const done = steps.length > 0 ? await republish(request, plan, ports) : 0;
  return async () => ({
    state: done > 0 ? "done" : "nothing",
    outcome:
      done > 0 ? `${mode}: ${done} on ${steps.map(({ channel }) => channel).join(", ")}` : `${mode}: nothing to do`,
    posts: [plan.postId],
  });
}

/** What running the job would do. @throws PostriderError as `runRepublication` */
export async function planOfJob(
  job: RepublishJob,
  ports: RepublishJobPorts,
): Promise<{ post: Post; channels: Channel[]; plan: RepublishPlan }> {
  const { post: path, mode, channels: names } = complete(job, false);
  const known = ports.channels.map(({ name }) => name);
  const strange = names?.find((name) => !known.includes(name));
  if (strange !== undefined)
    throw new PostriderError("invalid", `There is no channel "${strange}"`, {
      hint: `The channels are ${known.join(", ")}.`,
    });
  const channels = ports.channels.filter(({ name }) => !names || names.includes(name));
  const post = await ports.post(path);
  return {
    post,
    channels,
    plan: await planRepublication({ post, channels, mode, replace: job.replace ?? false }, ports),
  };
}

/** The job with the operator's values. @throws PostriderError `invalid` for a value that the job does not ask for */
export function answered(job: RepublishJob, said: Answers): RepublishJob {
  for (const question of questions) {
    if (said[question] === undefined || question === "reason") continue;
    const isFixed = job[question] !== undefined || (job.ask && !job.ask.includes(question));
    if (isFixed && String(job[question]) !== String(said[question]))
      throw new PostriderError("invalid", `"${job.name}" does not ask for ${question}`, {
        hint:
          job[question] === undefined
            ? "It is not listed under `ask` in the job file."
            : `The job file sets it to ${String(job[question])}.`,
      });
  }
  return { ...job, ...said };
}

interface Complete extends Answers {
  post: string;
  mode: RepublishMode;
}

/** The values that are still missing. @param acting - then a repost also needs a reason. */
export function openQuestions(job: RepublishJob, acting: boolean): Question[] {
  const needed: Question[] = ["post", "mode", ...(job.ask ?? []).filter((each) => each !== "reason")];
  const open = [...new Set(needed)].filter((question) => job[question] === undefined);
  if (acting && !job.reason && (job.mode === "repost" || job.ask?.includes("reason"))) open.push("reason");
  return open;
}

function complete(job: RepublishJob, acting: boolean): Complete {
  const { name, post, mode } = job;
  const open = openQuestions(job, acting);
  if (post !== undefined && mode !== undefined && open.length === 0) return { ...job, post, mode };
  throw new PostriderError("invalid", `Job "${name}" needs ${open.join(" and ")}`, {
    hint: `Run: postrider jobs run ${name} ${open.map((question) => `--${question} …`).join(" ")}`,
  });
}
