import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Checked, openCheckCache } from "#content/checks/check-cache.ts";
import { tempDir } from "../support/temp.ts";

/** Long after every file was written. */
const later = new Date(Date.now() + 60_000);

function openFiles() {
  const dir = tempDir();
  const asked: string[] = [];
  const path = (name: string) => join(dir, name);
  return {
    path,
    asked,
    write: (name: string, text: string) => writeFileSync(path(name), text),
    async run(
      names: string[],
      { more = {}, now = later, mark = "one" }: { more?: Partial<Checked<string>>; now?: Date; mark?: string } = {},
    ) {
      asked.length = 0;
      const cache = await openCheckCache<string>(path("data/checks.json"), mark, () => now);
      const values: string[] = [];
      for (const name of names)
        values.push(
          await cache.through(path(name), async () => {
            asked.push(name);
            return { value: readFileSync(path(name), "utf8"), ...more };
          }),
        );
      await cache.save({ complete: true });
      return { values, hits: cache.hits };
    },
  };
}

describe("The cache of checks", () => {
  it("returns stored results for unchanged files, and checks changed files", async () => {
    const files = openFiles();
    files.write("a.md", "one");
    files.write("b.md", "two");
    expect(await files.run(["a.md", "b.md"])).toEqual({ values: ["one", "two"], hits: 0 });
    expect(await files.run(["a.md", "b.md"])).toEqual({ values: ["one", "two"], hits: 2 });
    files.write("b.md", "three");
    expect(await files.run(["a.md", "b.md"])).toEqual({ values: ["one", "three"], hits: 1 });
    expect(files.asked).toEqual(["b.md"]);
  });

  it("compares content: a file with another time and the same bytes is not checked again", async () => {
    const files = openFiles();
    files.write("a.md", "one");
    await files.run(["a.md"]);
    utimesSync(files.path("a.md"), 1, 1);
    expect((await files.run(["a.md"])).hits).toBe(1);
  });

  it("notices a change of the same size in the same moment", async () => {
    const files = openFiles();
    files.write("a.md", "one");
    const { atime, mtime } = statSync(files.path("a.md"));
    await files.run(["a.md"], { now: mtime });
    files.write("a.md", "two");
    utimesSync(files.path("a.md"), atime, mtime);
    expect((await files.run(["a.md"])).values).toEqual(["two"]);
  });

  it("checks again if another file that affects the result has changed or is gone", async () => {
    const files = openFiles();
    files.write("a.md", "one");
    files.write("b.md", "two");
    const more = { sources: [files.path("b.md")] };
    await files.run(["a.md"], { more });
    expect((await files.run(["a.md"], { more })).hits).toBe(1);
    files.write("b.md", "three");
    expect((await files.run(["a.md"], { more })).hits).toBe(0);
    rmSync(files.path("b.md"));
    expect((await files.run(["a.md"], { more })).hits).toBe(0);
  });

  it("checks again if a missing file appears", async () => {
    const files = openFiles();
    files.write("a.md", "one");
    const more = { sources: [files.path("authors.yml")] };
    await files.run(["a.md"], { more });
    expect((await files.run(["a.md"], { more })).hits).toBe(1);
    files.write("authors.yml", "ada: {}");
    expect((await files.run(["a.md"], { more })).hits).toBe(0);
  });

  it("checks again after the given time", async () => {
    const files = openFiles();
    files.write("a.md", "one");
    const more = { changesAt: new Date(later.getTime() + 1_000).toISOString() };
    await files.run(["a.md"], { more });
    expect((await files.run(["a.md"], { more })).hits).toBe(1);
    expect((await files.run(["a.md"], { now: new Date(later.getTime() + 1_000) })).hits).toBe(0);
  });

  it("drops results with another fingerprint, and of deleted files", async () => {
    const files = openFiles();
    files.write("a.md", "one");
    files.write("b.md", "two");
    await files.run(["a.md", "b.md"]);
    expect((await files.run(["a.md"], { mark: "two" })).hits).toBe(0);
    expect(readFileSync(files.path("data/checks.json"), "utf8")).not.toContain("b.md");
  });

  it.each(["", "{", "[]", "null", '{"fingerprint":"one"}'])("is empty if its file contains %j", async (text) => {
    const files = openFiles();
    files.write("a.md", "one");
    await files.run(["a.md"]);
    files.write("data/checks.json", text);
    expect(await files.run(["a.md"])).toEqual({ values: ["one"], hits: 0 });
  });
});
