/** What is proven of a dead process, and what is not. */

import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openWireLog } from "#store/sending/wire-log.ts";
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
});
