/** Files that are whole or not there, also when the process that writes them is killed. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeAtomic } from "#files/write-atomic.ts";

const root = join(import.meta.dirname, "../..");
let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "postrider-files-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("A file", () => {
  it("gets the given mode and time, and is not written again if its bytes are the same", async () => {
    const file = join(dir, "deep/er/feed.xml");
    const at = new Date("2026-05-05T10:00:00Z");
    expect(await writeAtomic(file, "one", at)).toBe(true);
    expect(statSync(file).mtime).toEqual(at);
    expect(await writeAtomic(file, "one", new Date())).toBe(false);
    expect(statSync(file).mtime).toEqual(at);
    expect(readdirSync(join(dir, "deep/er"))).toEqual(["feed.xml"]);
  });

  it("is either the old or the new one if its writer is killed at any moment", async () => {
    const file = join(dir, "feed.xml");
    const versions = ["a", "b"].map((letter) => letter.repeat(4_000_000));
    writeFileSync(file, versions[0] ?? "");
    const script = `import { writeAtomic } from "${root}/src/files/write-atomic.ts";
      const versions = ["b", "a"].map((letter) => letter.repeat(4_000_000));
      console.log("ready");
      for (let round = 0; ; round++) await writeAtomic(${JSON.stringify(file)}, versions[round % 2]);`;
    for (let round = 0; round < 6; round++) {
      const child = spawn(process.execPath, ["--conditions=source", "--input-type=module", "-e", script], {
        cwd: root,
      });
      await once(child.stdout, "data");
      // Somewhere in one of many writes: where, the machine decides.
      for (let turn = 0; turn < 50 * round; turn++) await new Promise((resolve) => setImmediate(resolve));
      child.kill("SIGKILL");
      await once(child, "exit");
      expect(versions.includes(readFileSync(file, "utf8"))).toBe(true);
    }
    for (const name of readdirSync(dir)) expect(name).toMatch(/^feed\.xml$|^\.feed\.xml\..*\.part$/);
  });

  it("removes temporary files of killed writers, but not of running ones", async () => {
    const file = join(dir, "feed.xml");
    const left = join(dir, ".feed.xml.1.part");
    const other = join(dir, ".other.xml.1.part");
    for (const name of [left, other]) writeFileSync(name, "half of");
    const anHour = 3_600_000;
    // The time of a file's last change can't be set from outside, so the clock of whoever looks goes forward.
    expect(await writeAtomic(file, "one", undefined, Date.now() + anHour / 2)).toBe(true);
    expect(readdirSync(dir).sort()).toEqual([".feed.xml.1.part", ".other.xml.1.part", "feed.xml"]);
    expect(await writeAtomic(file, "two", undefined, Date.now() + 2 * anHour)).toBe(true);
    expect(readdirSync(dir).sort()).toEqual([".other.xml.1.part", "feed.xml"]);
  });
});
