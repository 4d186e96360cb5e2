/** Folders where they can be made, and an answer where they can't. */

import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder } from "#files/make-folder.ts";
import { tempDir } from "../support/temp.ts";

describe("A folder", () => {
  it("is created with its parents, and not changed if it exists", () => {
    const dir = join(tempDir(), "one/two/three");
    makeFolder(dir, 0o700);
    makeFolder(dir);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it("is not created instead of a file or below one", () => {
    const file = join(tempDir(), "file");
    writeFileSync(file, "");
    expect(() => makeFolder(file)).toThrow("EEXIST");
    expect(() => makeFolder(join(file, "below/it"))).toThrow("ENOTDIR");
  });

  it.skipIf(!existsSync("/proc"))("fails below a folder that can't have subfolders, instead of trying for ever", () => {
    expect(() => makeFolder("/proc/nothing/here")).toThrow("ENOENT");
  });
});
