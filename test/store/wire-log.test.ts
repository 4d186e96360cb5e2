/** What is proven of a dead process, and what is not. */

import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openWireLog } from "#store/sending/wire-log.ts";
import { removeDisk, smallDisk } from "../faults/disks.ts";
import { tempDir } from "../support/temp.ts";

const claim = "6f1f2c0e-6a0e-4b51-9a55-1c5d2f4a7f01";

describe("a wire log", () => {
  it("distinguishes answered, unanswered and unsent emails", () => {
    const log = openWireLog(join(tempDir(), "wire"));
    {
      using written = log.open(claim);
      for (const id of ["1", "2", "3", "4"]) written.begun(id);
      written.accepted("1", { remoteId: "queued as 7", response: "250 ok\nsecond line" });
      written.notTaken("2");
    }
    const evidence = log.read(claim);
    expect(evidence?.accepted).toEqual(new Map([["1", { remoteId: "queued as 7", response: "250 ok\nsecond line" }]]));
    expect([...(evidence?.begun ?? [])]).toEqual(["1", "3", "4"]);
    log.forget(claim);
    expect(log.read(claim)).toBeNull();
  });

  it("is deleted when the ledger has all results", () => {
    const dir = join(tempDir(), "wire");
    const log = openWireLog(dir);
    using written = log.open(claim);
    written.begun("1");
    written.complete();
    expect(readdirSync(dir)).toEqual([]);
  });

  it("has an answer in its file a moment later, without being closed", async () => {
    const log = openWireLog(join(tempDir(), "wire"));
    using written = log.open(claim);
    written.begun("1");
    written.accepted("1", { remoteId: "queued as 7" });
    written.accepted("2", { remoteId: "queued as 8" });
    await new Promise(setImmediate);
    expect([...(log.read(claim)?.accepted.keys() ?? [])]).toEqual(["1", "2"]);
  });

  it("can be deleted twice, and also if it was never there", () => {
    const log = openWireLog(join(tempDir(), "wire"));
    using written = log.open(claim);
    written.complete();
    written.complete();
    log.forget(claim);
    expect(log.read(claim)).toBeNull();
  });

  it("proves nothing after a reboot, or in a folder that others can write to", () => {
    const dir = tempDir();
    const log = openWireLog(join(dir, "wire"));
    mkdirSync(join(dir, "wire"), { mode: 0o700 });
    writeFileSync(join(dir, "wire", `${claim}.log`), "another-boot\n>1\n");
    expect(log.read(claim)).toBeNull();

    const shared = join(dir, "shared");
    using written = openWireLog(shared).open(claim);
    written.begun("1");
    expect(openWireLog(shared).read(claim)).not.toBeNull();
    chmodSync(shared, 0o777);
    expect(openWireLog(shared).read(claim)).toBeNull();
    expect(openWireLog(join(dir, "none")).read(claim)).toBeNull();
  });

  it("does not read an id that was written only in part", () => {
    const dir = join(tempDir(), "wire");
    const log = openWireLog(dir);
    using written = log.open(claim);
    written.begun("1");
    written.begun("12");
    written.notTaken("12");
    written.begun("13");
    const file = join(dir, `${claim}.log`);
    truncateSync(file, statSync(file).size - "2\n>13\n".length);
    expect(readFileSync(file, "utf8")).toMatch(/\n-1$/);
    expect([...(log.read(claim)?.begun ?? [])]).toEqual(["1", "12"]);
  });
});

// Only root may mount one.
const folder = mkdtempSync(join(tmpdir(), "postrider-wire-"));
const disk = smallDisk(join(folder, "disk"), "16k");
afterAll(() => {
  removeDisk(disk);
  rmSync(folder, { recursive: true });
});

describe.skipIf(!disk)("a wire log on a full disk", () => {
  it("proves nothing, and sending continues", () => {
    const dir = mkdtempSync(join(disk ?? "", "wire-"));
    const log = openWireLog(dir);
    using written = log.open(claim);
    written.begun("1");
    expect(log.read(claim)).not.toBeNull();
    for (let id = 2; id < 5_000; id++) written.begun(String(id));
    expect(log.read(claim)).toBeNull();
    // A later start is not noted, and so the others must not come back without it.
    written.begun("5000");
    expect(log.read(claim)).toBeNull();
    expect(readdirSync(dir)).toEqual([]);
  });

  it("survives an answer that it can't note", async () => {
    const dir = mkdtempSync(join(disk ?? "", "wire-"));
    const log = openWireLog(dir);
    using written = log.open(claim);
    written.begun("1");
    const ballast = join(disk ?? "", "ballast");
    expect(() => writeFileSync(ballast, Buffer.alloc(64 * 1024))).toThrow("ENOSPC");
    for (let id = 0; id < 100; id++) {
      written.accepted(String(id), { remoteId: "queued as 7", response: "250 ok ".repeat(20) });
      await new Promise(setImmediate);
    }
    expect(log.read(claim)).toBeNull();
    const later = openWireLog(join(disk ?? "", "new")).open(claim);
    later.begun("1");
    later[Symbol.dispose]();
  });
});
