/** Adds the people of a file to a list, and records who got a post from another service. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import { type ImportPorts, type ImportResult, importFile } from "#import/import-file.ts";
import { readReceivers } from "#import/receivers.ts";
import type { Rejected } from "#import/rows.ts";
import { type Actor, act, anyLimits, fields, given } from "../act.ts";
import { importAnswer, receivedAnswer } from "../answers/reader.ts";
import { requireOwnList } from "../limits.ts";
import type { DeskPorts, ReadPorts } from "../ports.ts";
import { type ListPorts, requireList, unmailedList } from "./known-list.ts";

export { csvCell } from "#import/csv.ts";
export type { ImportResult } from "#import/import-file.ts";
export type { ReadColumns } from "#import/layout.ts";
export { presets } from "#import/presets.ts";
export type { Rejected } from "#import/rows.ts";
export { separators } from "#import/source.ts";

const text = z.string().min(1).optional();

const importAsked = z.strictObject({
  file: z.string().min(1),
  list: z.string().min(1),
  /** Where these people agreed. Default: the file's name. */
  consent: z.string().optional(),
  /** The service that the export comes from. Default `plain`. */
  preset: text,
  /** `now`, `none`, or a date. Default: `now` for another service's export. */
  receivedUntil: text,
  /** Titles of columns. */
  address: text,
  name: text,
  attributes: text,
  separator: text,
  encoding: text,
  createList: z.boolean().optional(),
  dryRun: fields.dryRun,
});

export interface ImportAnswer {
  list: string;
  /** Nothing was written. */
  dryRun: boolean;
  result: ImportResult;
  /** A warning: no channel sends to this list. */
  unmailed: string | null;
}

/** Gets rejected rows and progress. Each edge shows them in its own way. */
export type Following = Pick<ImportPorts, "reject" | "progress"> & {
  /** Called if an interrupted import is continued: its rejected rows were already reported. */
  continued(): void;
};

export const importReaders = act({
  name: "subscribers.import",
  asks: importAsked,
  needs: "readers",
  within: anyLimits,
  answers: importAnswer,
  async run(
    { file, createList, dryRun, ...settings },
    actor: Actor,
    ports: ListPorts & Pick<DeskPorts, "openImport" | "clock"> & Following,
  ): Promise<ImportAnswer> {
    requireLocal(actor);
    const { list } = settings;
    requireOwnList(actor, list);
    if (!createList) await requireList(list, ports);
    const { reject, progress, clock } = ports;
    const open: ImportPorts["open"] = async (options) => {
      const run = await ports.openImport(options);
      if (run.rowsDone > 0) ports.continued();
      return run;
    };
    const result = await importFile(file, given(settings), { open, reject, progress, now: () => clock.now() }, dryRun);
    return { list, dryRun: dryRun ?? false, result, unmailed: unmailedList(list, ports) };
  },
  document: ({ list, dryRun, result }) => ({ list, ...(dryRun && { dryRun: true as const }), ...result }),
});

export const recordReceived = act({
  name: "subscribers.received",
  /** @param address - the title of the column with the addresses. */
  asks: z.strictObject({ file: z.string().min(1), post: z.string().min(1), address: text }),
  needs: "readers",
  within: ["channels"],
  answers: receivedAnswer,
  async run(
    { file, post: path, address },
    actor: Actor,
    {
      readFile,
      suppressions,
      reject,
    }: Pick<DeskPorts, "suppressions"> & Pick<ReadPorts, "readFile"> & { reject(rejected: Rejected): unknown },
  ): Promise<{ post: string; noted: number; rejectedRows: number }> {
    requireLocal(actor);
    const { post } = await readFile(path);
    if (!post) throw new PostriderError("not_found", "This file is not a post", { file: path });
    const done = { post: post.id, noted: 0, rejectedRows: 0 };
    for await (const { addresses, rejected } of readReceivers(file, address)) {
      for (const each of rejected) await reject(each);
      done.rejectedRows += rejected.length;
      done.noted += await suppressions.received(post.id, addresses, file);
    }
    return done;
  },
  document: (answer) => answer,
});

/** @throws PostriderError `forbidden` for actors on other machines, who must not name files of this machine */
function requireLocal({ isLocal }: Actor): void {
  if (!isLocal) throw new PostriderError("forbidden", "Only an operator on this machine can import a file");
}
