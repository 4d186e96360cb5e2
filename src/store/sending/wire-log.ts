/**
 * The wire log of a process, in a file that survives it. The ledger is updated in groups, so without this log a killed
 * process would leave more uncertain deliveries than necessary. It is not synced to disk: its boot id shows whether
 * the machine restarted since, and then it proves nothing.
 */

import { closeSync, lstatSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Receipt } from "#core/sending/delivery.ts";
import type { ClaimLog, WireEvidence, WireLog } from "#core/sending/wire-log.ts";
import { makeFolder } from "#files/make-folder.ts";
import { privateFileMode, privateFolderMode } from "#files/private.ts";
import { thisProcess } from "#store/database/embedded/process-identity.ts";

/** @param dir - a private folder; it is created with the first log. */
export function openWireLog(dir: string): WireLog {
  const bootId = thisProcess().boot;
  const fileOf = (claim: string): string => join(dir, `${claim}.log`);
  const trusted = (): boolean => bootId !== "" && isOurs(dir);
  return {
    open(claim) {
      if (bootId === "") return silent;
      try {
        makeFolder(dir, privateFolderMode);
        return trusted() ? logInto(fileOf(claim), bootId) : silent;
      } catch (error) {
        if (["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException).code ?? "")) return silent;
        throw error;
      }
    },
    read(claim) {
      try {
        // A file that another user created while the folder was open would still be there after the folder is made private.
        if (!trusted() || lstatSync(fileOf(claim)).uid !== process.getuid?.()) return null;
        return evidenceIn(readFileSync(fileOf(claim), "utf8"), bootId);
      } catch {
        return null;
      }
    },
    forget: (claim) => rmSync(fileOf(claim), { force: true }),
  };
}

/** For a worker whose database is on a server, because it has no data folder. */
export function temporaryFolder(): string {
  return join(tmpdir(), `postrider-${process.getuid?.() ?? "wire"}`);
}

const silent: ClaimLog = { begun() {}, accepted() {}, notTaken() {}, complete() {}, [Symbol.dispose]() {} };

/**
 * One entry per line: a sign, the delivery, and the answer. If the disk is full, the file is removed: sending continues,
 * and nothing is proven. An incomplete file would prove that emails were not sent which were.
 */
function logInto(file: string, bootId: string): ClaimLog {
  const fd = openSync(file, "ax", privateFileMode);
  // The record of an answer may be written late: without it the delivery counts as unknown, which is correct. The record of a start must be written at once.
  let open = true;
  let state: "whole" | "removed" | "incomplete" = "whole";
  let answered = `${bootId}\n`;
  const flush = (line: string): void => {
    // The descriptor may have been reused.
    if (!open) throw new Error("the wire log is closed");
    const text = answered + line;
    answered = "";
    if (state === "whole") state = written(fd, file, text);
  };
  flush("");
  return {
    begun(id) {
      flush(`>${id}\n`);
      // The rest of it would be believed, and this start is not in it: so it must not happen.
      if (state === "incomplete") throw new Error("the wire log can't be written");
    },
    accepted(id, receipt) {
      if (answered === "") setImmediate(() => answered !== "" && open && flush(""));
      answered += `+${id} ${JSON.stringify(receipt)}\n`;
    },
    notTaken(id) {
      answered += `-${id}\n`;
    },
    complete: () => rmSync(file, { force: true }),
    [Symbol.dispose]() {
      if (answered !== "") flush("");
      open = false;
      closeSync(fd);
    },
  };
}

/** Writes all of it, which may take several calls, or removes the file. `incomplete`: neither is possible. */
function written(fd: number, file: string, text: string): "whole" | "removed" | "incomplete" {
  try {
    let bytes = writeSync(fd, text);
    // Nearly always all of it: a copy of each line would cost more than writing it.
    if (bytes < Buffer.byteLength(text))
      for (const all = Buffer.from(text); bytes < all.length; ) bytes += writeSync(fd, all, bytes);
    return "whole";
  } catch {
    try {
      rmSync(file, { force: true });
      return "removed";
    } catch {
      return "incomplete";
    }
  }
}

function evidenceIn(text: string, bootId: string): WireEvidence | null {
  // What follows the last line break is part of an entry.
  const [boot, ...lines] = text.split("\n").slice(0, -1);
  if (boot !== bootId) return null;
  const evidence: WireEvidence = { begun: new Set(), accepted: new Map() };
  for (const line of lines) {
    const [, sign, id = "", rest = ""] = /^([>+-])(\d+) ?(.*)$/.exec(line) ?? [];
    if (sign === ">") evidence.begun.add(id);
    if (sign === "+") evidence.accepted.set(id, JSON.parse(rest) as Receipt);
    if (sign === "-") evidence.begun.delete(id);
  }
  return evidence;
}

/** With a false log in another user's folder, sent emails could look unsent, and would be sent twice. */
function isOurs(dir: string): boolean {
  try {
    const { uid, mode } = statSync(dir);
    return uid === process.getuid?.() && (mode & 0o022) === 0;
  } catch {
    return false;
  }
}
