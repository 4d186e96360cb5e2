/** Backups that were cut off, changed, made by other versions, or made to fill the memory. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { restore } from "#store/database/restore.ts";
import type { Random } from "../hostile-posts.ts";
import { brokenJson, brokenText, type Reader } from "../reader.ts";
import { emptyDatabase, ledgerText, undoing } from "./ledgers.ts";

const file = join(mkdtempSync(join(tmpdir(), "postrider-fuzz-backup-")), "ledger.backup");
const markers = [
  ...["\n", "\n\n", " ", "{", "}", "{}", "[", '"', ",", ":", "null", "delivery ", "event {}\n", "worker ", "list {}\n"],
  ...['{"end":{}}\n', '{"id":1}', '{"format":"postrider-backup"}\n', "\u0000", "\\u0000", "9223372036854775807", "é"],
  ...["infinity", "'; drop schema postrider cascade; --", "1e999999", "2026-02-30", "uncertain", "sending"],
];

export const backups: Reader = {
  seeds: [ledgerText],
  markers,
  broken: (seed, random) =>
    random.integer(3) === 0 ? packedBadly(seed, random) : gzipSync(brokenLines(seed, random), { level: 1 }),
  open: async () => void (await emptyDatabase()),
  async read(input) {
    writeFileSync(file, input);
    await restore(undoing(await emptyDatabase()), file);
  },
  atOnce: 5,
};

function brokenLines(seed: string, random: Random): Buffer {
  const lines = seed.trimEnd().split("\n");
  const at = random.integer(lines.length);
  const line = lines[at] ?? "";
  switch (random.integer(9)) {
    case 0:
      return brokenText(seed, markers, random);
    case 1:
      lines[0] = brokenJson(lines[0] ?? "", markers, random);
      break;
    case 2:
      lines[0] = otherVersion(lines[0] ?? "", random);
      break;
    case 3:
      lines.splice(at, random.integer(4));
      break;
    case 4:
      lines.splice(at, 0, ...Array<string>(1 + random.integer(1_500)).fill(line));
      break;
    case 5:
      lines.splice(at, 0, random.pick(lines));
      break;
    case 6:
      lines[at] = hugeLine(line, random);
      break;
    default:
      lines[at] = brokenRow(line, random);
  }
  return Buffer.from(`${lines.join("\n")}\n`);
}

/** A row, or the last line, with other values. */
function brokenRow(line: string, random: Random): string {
  const start = line.indexOf("{");
  return line.slice(0, start) + brokenJson(line.slice(start), markers, random, 50_000);
}

function otherVersion(line: string, random: Random): string {
  const header = JSON.parse(line) as { migrations: string[]; version: unknown };
  const { migrations } = header;
  switch (random.integer(5)) {
    case 0:
      header.version = random.pick<unknown>([0, 2, "1", null]);
      break;
    case 1:
      migrations.splice(random.integer(migrations.length), 1 + random.integer(3));
      break;
    case 2:
      migrations.reverse();
      break;
    case 3:
      migrations.push("9999_future");
      break;
    default:
      migrations.splice(random.integer(migrations.length));
  }
  return JSON.stringify(header);
}

/** Millions of characters that are packed into a few thousand bytes. */
function hugeLine(line: string, random: Random): string {
  const most = random.pick([1_000_000, 20_000_000, 60_000_000]);
  const unit = random.pick([" ", "[", '{"a":', "\n", "{}\n", "x", '{"end":null}\n', "list {}\n", "\u0000"]);
  const start = random.integer(2) === 0 ? line.slice(0, random.integer(line.length)) : "";
  return start + unit.repeat(Math.floor(most / unit.length));
}

function packedBadly(seed: string, random: Random): Buffer {
  const packed = gzipSync(seed);
  const at = random.integer(packed.length);
  switch (random.integer(6)) {
    case 0:
      return packed.subarray(0, at);
    case 1:
      return Buffer.concat([packed, random.pick([packed, gzipSync("\n"), Buffer.from("more"), Buffer.alloc(9_000)])]);
    case 2:
      return gzipSync(packed);
    case 3:
      return Buffer.from(seed);
    default:
      for (let edit = 1 + random.integer(3); edit > 0; edit--)
        packed[random.integer(packed.length)] = random.integer(256);
      return packed;
  }
}
