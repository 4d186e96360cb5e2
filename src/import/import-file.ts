/** Imports a CSV of subscribers in parts, with constant memory. Rows with errors are reported with their line. */

import { createHash } from "node:crypto";
import { basename } from "node:path";
import { PostriderError } from "#core/errors.ts";
import type { ImportCounts, ImportOptions, ImportRow, ImportRun, ImportShare } from "#core/readers/import.ts";
import type { NamedColumns, ReadColumns } from "./layout.ts";
import { type Preset, presets } from "./presets.ts";
import { type ReadRow, type Rejected, readRows } from "./rows.ts";
import { detectSource } from "./source.ts";

export type { Rejected };

/** For a dry run: the result that the import would have. */
export interface ImportResult extends ImportCounts {
  /** New on the list and able to get email: `confirmed` and `unconfirmed`. */
  added: number;
  /** Rows that were not imported: `duplicates`, `rejectedRows` and `ofOtherLists`. */
  skipped: number;
  /** Rows with the address of an earlier row. */
  duplicates: number;
  rejectedRows: number;
  /** The first of them. */
  rejected: Rejected[];
  /** Rows of our own export that belong to other lists. */
  ofOtherLists: number;
  /** Rows that an earlier, interrupted run imported. */
  resumedAfter?: number;
  encoding: string;
  separator: string;
  /** The recorded source of consent. */
  consent: string;
  /** Columns with more about each person's consent; their values are appended to it. */
  consentColumns: string[];
  /** Which columns were read for what. */
  columns: ReadColumns;
  /** Unknown states in the file, with the number of rows. These rows were read as if the cell were empty. */
  unknownStates: Record<string, number>;
  /** Posts that were published until then count as received. */
  hadUntil?: Date;
}

export interface ImportSettings extends NamedColumns {
  list: string;
  /** Where these people agreed. Default: the file's name. */
  consent?: string;
  /** The service that the export comes from. Default `plain`. */
  preset?: string;
  separator?: string;
  encoding?: string;
  /** `now`, `none`, or a date. Default: `now` for another service's export. */
  receivedUntil?: string;
}

export interface ImportPorts {
  open(options: ImportOptions): Promise<ImportRun>;
  /** Called for every rejected row. Awaited, so that it can be written to a file. */
  reject(rejected: Rejected): unknown;
  /** Called with the number of rows read, and an estimate of all rows. */
  progress(rows: number, of: number): void;
  now(): Date;
}

const shareRows = 20_000;
const mostListed = 1_000;
const mostUnknownStates = 20;

/** @throws PostriderError when the file is not CSV or has no address column. */
export async function importFile(
  file: string,
  settings: ImportSettings,
  ports: ImportPorts,
  dryRun = false,
): Promise<ImportResult> {
  const preset = presets[settings.preset ?? "plain"] ?? unknownPreset(settings.preset);
  const hadUntil = hadUntilOf(settings, preset, ports.now());
  const { digest, lines, ...dialect } = await detectSource(file, given(settings));
  const consent = settings.consent ?? `import:${basename(file)}`;
  const run = await ports.open({
    ...{ list: settings.list, source: consent, digest: digestOf(digest, settings), dryRun },
    ...(hadUntil && { hadUntil, isHadUntilGiven: !["now", undefined].includes(settings.receivedUntil) }),
  });
  const result: ImportResult = {
    ...{ confirmed: 0, unconfirmed: 0, unsubscribed: 0, suppressed: 0, forgotten: 0, known: 0, ended: 0 },
    ...{ added: 0, skipped: 0, duplicates: 0, rejectedRows: 0, rejected: [], ofOtherLists: 0 },
    ...(run.rowsDone > 0 && { resumedAfter: run.rowsDone }),
    ...dialect,
    consent,
    consentColumns: [],
    columns: { address: "" },
    unknownStates: {},
    ...(hadUntil && { hadUntil }),
  };
  const columnsRead = (columns: ReadColumns): void => {
    result.columns = columns;
    result.consentColumns = columns.consent ?? [];
  };
  const unknownState = (word: string): void => countWord(result.unknownStates, word);
  const shares = openShares(run, result, lines, ports);
  let read = 0;
  for await (const rows of readRows(file, dialect, {
    ...{ preset, named: settings, list: settings.list, columnsRead, unknownState },
  }))
    for (const row of rows) {
      read++;
      if (read <= run.rowsDone) {
        if ("row" in row) run.passOver(row.row.address);
        continue;
      }
      shares.add(row);
      if (shares.isFull()) await shares.write(read);
    }
  await shares.write(read);
  await shares.written();
  await run.finish();
  result.added = result.confirmed + result.unconfirmed;
  result.skipped = result.duplicates + result.rejectedRows + result.ofOtherLists;
  return result;
}

/** Covers everything that decides what the rows mean. */
function digestOf(bytes: string, settings: ImportSettings): string {
  return createHash("sha256")
    .update(JSON.stringify([bytes, settings, shareRows]))
    .digest("hex");
}

function countWord(words: Record<string, number>, word: string): void {
  if (Object.hasOwn(words, word) || Object.keys(words).length < mostUnknownStates) words[word] = (words[word] ?? 0) + 1;
}

interface Shares {
  add(row: ReadRow): void;
  isFull(): boolean;
  /** Begins to write what was added, once the share before is written. @param upTo - rows read. */
  write(upTo: number): Promise<void>;
  /** Resolves once the last share is written. */
  written(): Promise<void>;
}

/** Gathers rows into shares and writes these. Adds the counts to `result`. */
function openShares(
  run: ImportRun,
  result: ImportResult,
  lines: number,
  { reject, progress }: Pick<ImportPorts, "reject" | "progress">,
): Shares {
  let share: ImportRow[] = [];
  let left: Rejected[] = [];
  // One share is written while the next one is read: the database and this program have a processor each.
  let writing = Promise.resolve();

  const commit = async (write: () => Promise<ImportShare>, out: readonly Rejected[], upTo: number): Promise<void> => {
    // Reported before the share is committed: after a crash a row may be reported twice, but none is lost.
    for (const rejected of out) await reject(rejected);
    const { counts, duplicates, forgotten } = await write();
    for (const [word, count] of Object.entries(counts) as [keyof ImportCounts, number][]) result[word] += count;
    result.duplicates += duplicates.length;
    for (const line of duplicates) await reject({ line, reason: "the same address as in an earlier row" });
    for (const line of forgotten) await reject({ line, reason: "was forgotten here, so not imported" });
    progress(upTo, Math.max(lines, upTo));
  };

  return {
    add(row) {
      if ("aside" in row) result.ofOtherLists++;
      else if ("row" in row) share.push(row.row);
      else {
        result.rejectedRows++;
        if (result.rejected.length < mostListed) result.rejected.push(row.rejected);
        left.push(row.rejected);
      }
    },
    isFull: () => share.length + left.length >= shareRows,
    async write(upTo) {
      if (share.length + left.length === 0) return;
      const write = run.prepare(share, upTo);
      const out = left;
      share = [];
      left = [];
      await writing;
      writing = commit(write, out, upTo);
      // Its failure is handled when the next share is ready.
      writing.catch(() => {});
    },
    written: () => writing,
  };
}

function unknownPreset(name = ""): never {
  throw new PostriderError("invalid", `There is no preset "${name}"`, {
    hint: `Known: ${Object.keys(presets).join(", ")}.`,
  });
}

function given({ separator, encoding }: ImportSettings) {
  return { ...(separator && { separator: separator === "tab" ? "\t" : separator }), ...(encoding && { encoding }) };
}

function hadUntilOf({ receivedUntil }: ImportSettings, preset: Preset, now: Date): Date | undefined {
  const wanted = receivedUntil ?? (preset.had ? "now" : "none");
  if (wanted === "none") return undefined;
  if (wanted === "now") return now;
  const time = new Date(wanted);
  if (/^\d{4}-\d\d-\d\d/.test(wanted) && !Number.isNaN(time.getTime())) return time;
  throw new PostriderError("invalid", `"${wanted}" is not a date`, {
    hint: "--received-until takes a date such as 2026-10-31, a time, now or none.",
  });
}
