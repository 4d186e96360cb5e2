/** Jobs of kind `maintenance` and `republish`: what they do may be done twice without harm. */

import { PostriderError } from "#core/errors.ts";
import type { MaintenanceJob, MaintenanceTask, RepublishJob } from "#core/job-file.ts";
import type { Transaction } from "#core/ports.ts";
import type { Post } from "#core/post.ts";
import type { Channel } from "#core/publication.ts";
import { planRepublication, type RepublishPorts, republish } from "./republish.ts";
import type { Ran, Run } from "./run-jobs.ts";

/** One for each task; returns what it did, in a few words. */
export type Maintenance = Record<MaintenanceTask, (keepSeconds: number) => Promise<string>>;

export async function runMaintenance(
  { tasks, keepSeconds }: MaintenanceJob,
  maintenance: Maintenance,
): Promise<(tx: Transaction) => Promise<Ran>> {
  const done: string[] = [];
  for (const task of tasks) done.push(`${task}: ${await maintenance[task](keepSeconds)}`);
  return async () => ({ state: "done", outcome: done.join("; ") });
}

export interface RepublishJobPorts extends RepublishPorts {
  channels: readonly Channel[];
  /** @throws PostriderError for a file that holds no post that may go out */
  post(path: string): Promise<Post>;
}

/** @throws PostriderError `invalid` where something is left open that an operator has to say */
export async function runRepublication(
  { name, post: path, channels: names, mode, reason }: RepublishJob,
  { actor }: Run,
  ports: RepublishJobPorts,
): Promise<(tx: Transaction) => Promise<Ran>> {
  const missing = [!path && "--post", !mode && "--mode", mode === "repost" && !reason && "--reason"].filter(Boolean);
  if (!path || !mode || missing.length > 0)
    throw new PostriderError("invalid", `"${name}" leaves open what to do`, {
      hint: `Say it: postrider jobs run ${name} ${missing.map((option) => `${option} …`).join(" ")}`,
    });
  const channels = ports.channels.filter((channel) => !names || names.includes(channel.name));
  const post = await ports.post(path);
  const plan = await planRepublication({ post, channels, mode }, ports);
  const request = { post, channels, mode, actor, reason: reason ?? "", signal: AbortSignal.timeout(120_000) };
  const steps = plan.steps.filter(({ action }) => action !== "none");
  const done = steps.length > 0 ? await republish(request, plan, ports) : 0;
  return async () => ({
    state: done > 0 ? "done" : "nothing",
    outcome:
      done > 0
        ? `${mode}: ${done} on ${steps.map(({ channel }) => channel).join(", ")}`
        : `${mode}: there was nothing to do`,
  });
}
