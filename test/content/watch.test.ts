import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type Change, type WatchOptions, watchPosts } from "#content/folder/watch.ts";
import { tempDir } from "../support/temp.ts";

async function openWatched(options: Partial<WatchOptions> = {}) {
  const dir = tempDir();
  const told: Change[][] = [];
  const errors: Error[] = [];
  const watching = await watchPosts(dir, {
    extensions: [".md", ".mdx"],
    quietMs: 100,
    onChange: (changes) => void told.push([...changes]),
    onError: (error) => void errors.push(error),
    ...options,
  });
  onTestFinished(() => watching[Symbol.asyncDispose]());
  const path = (name: string) => join(dir, name);
  return { dir, told, errors, watching, path, write: (name: string, text = "x") => writeFileSync(path(name), text) };
}

const names = (told: readonly Change[][], dir: string) =>
  told.map((changes) => changes.map(({ path, exists }) => `${exists ? "+" : "-"}${path.slice(dir.length + 1)}`));

describe("Watching posts", () => {
  it("reports a file once, after writing has finished", async () => {
    const { told, dir, write } = await openWatched();
    for (const text of ["one", "two", "three"]) write("a.md", text);
    write("b.mdx");
    await vi.waitFor(() => expect(names(told, dir)).toEqual([["+a.md", "+b.mdx"]]));
  });

  it("reports a save by renaming, a removal, and new folders", async () => {
    const { told, dir, path, write } = await openWatched();
    write(".a.md.swp");
    write("a.tmp");
    renameSync(path("a.tmp"), path("a.md"));
    await vi.waitFor(() => expect(names(told, dir)).toEqual([["+a.md"]]));
    rmSync(path("a.md"));
    await vi.waitFor(() => expect(names(told, dir).at(-1)).toEqual(["-a.md"]));
    mkdirSync(path("2026"));
    // A folder is watched a moment after it came.
    await vi.waitFor(
      () => {
        write("2026/c.md", String(performance.now()));
        expect(names(told, dir).at(-1)).toEqual(["+2026/c.md"]);
      },
      { timeout: 120_000, interval: 300 },
    );
  });

  it("ignores files that are not posts", async () => {
    const { told, dir, write } = await openWatched();
    for (const name of ["a.png", ".hidden.md", "a.md~", "notes.txt"]) write(name);
    write("z.md");
    await vi.waitFor(() => expect(names(told, dir)).toEqual([["+z.md"]]));
  });

  it("continues after a listener failed, and reports changes one at a time", async () => {
    const order: string[] = [];
    const { errors, write } = await openWatched({
      async onChange([change]) {
        order.push(`begin ${change?.path.at(-4)}`);
        await pause(20);
        order.push(`end ${change?.path.at(-4)}`);
        throw new Error("no");
      },
    });
    write("a.md");
    await vi.waitFor(() => expect(errors).toHaveLength(1));
    write("b.md");
    await vi.waitFor(() => expect(errors).toHaveLength(2));
    expect(order).toEqual(["begin a", "end a", "begin b", "end b"]);
  });

  it("reports nothing after it was disposed", async () => {
    const { told, watching, write } = await openWatched();
    write("a.md");
    await watching[Symbol.asyncDispose]();
    const { told: other, write: writeOther } = await openWatched();
    writeOther("b.md");
    await vi.waitFor(() => expect(other).toHaveLength(1));
    expect(told).toEqual([]);
  });

  it("needs a folder", async () => {
    const options = { extensions: [".md"], onChange: () => {}, onError: () => {} };
    await expect(watchPosts("/nowhere/at/all", options)).rejects.toThrow(/can't be watched/);
  });
});
