/** Removes an unused list with its subscriptions. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import type { ListCounts, RemovedList } from "#core/readers/subscriber-book.ts";
import { suggestion } from "#core/spelling.ts";
import { type Actor, act, anyLimits, fields } from "../act.ts";
import { removeListAnswer } from "../answers/reader.ts";
import { requireOwnList } from "../limits.ts";
import type { DeskPorts } from "../ports.ts";
import type { ListPorts } from "./known-list.ts";

export interface RemoveListAnswer {
  list: ListCounts;
  /** `null` for a dry run. */
  removed: RemovedList | null;
}

export const removeList = act({
  name: "lists.remove",
  asks: z.strictObject({ list: z.string().min(1), dryRun: fields.dryRun }),
  needs: "readers",
  within: anyLimits,
  answers: removeListAnswer,
  async run(
    { list: name, dryRun },
    actor: Actor,
    ports: ListPorts & Pick<DeskPorts, "jobs">,
  ): Promise<RemoveListAnswer> {
    requireOwnList(actor, name);
    await refuseUsed(name, ports);
    const lists = await ports.subscribers.lists();
    const list = lists.find((each) => each.name === name) ?? unknown(name, lists);
    if (dryRun) return { list, removed: null };
    const removed = await ports.subscribers.removeList(name, actor.name);
    if (!removed) throw new PostriderError("not_found", `The list "${name}" has already been removed`);
    return { list, removed };
  },
  document: ({ list, removed }) => ({ list: list.name, ...removed }),
});

async function refuseUsed(name: string, { mailedLists, jobs }: ListPorts & Pick<DeskPorts, "jobs">): Promise<void> {
  const channels = mailedLists().get(name);
  if (channels)
    throw new PostriderError("conflict", `The list "${name}" is used by ${channels.join(", ")} in the configuration`, {
      hint: "Remove the channel first, or give it another list.",
    });
  const declared = (await jobs.overview()).jobs.map(({ job }) => job);
  const job = declared.find((each) => each.kind === "campaign" && each.audience?.list === name);
  if (job)
    throw new PostriderError("conflict", `The list "${name}" is used by the job ${job.name}`, {
      hint: "Remove the job first, or give it another list.",
    });
}

function unknown(name: string, lists: readonly ListCounts[]): never {
  const names = lists.map((each) => each.name);
  const nearest = suggestion(name, names);
  throw new PostriderError("not_found", `There is no list "${name}"${nearest && `; ${nearest}`}`, {
    hint: names.length > 0 ? `The lists are ${names.join(", ")}.` : "There are no lists.",
  });
}
