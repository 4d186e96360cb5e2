/** Folders that can't be written, and disks that are full: told in words, and nothing is lost. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { countsOf } from "../support/publications.ts";
import { openSink } from "../support/sink.ts";

/** A small disk of its own needs the right to mount one. */
const canMount = ((): boolean => {
  const dir = mkdtempSync(join(tmpdir(), "postrider-mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", dir], { stdio: "ignore" });
    execFileSync("umount", [dir]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(dir);
  }
})();

describe("publish", () => {
  it("reports that a folder is not writable", async () => {
    const site = openTestSite(mailSite("smtp://127.0.0.1:1"), { "content/posts/hello.md": post("Hello") });
    // Below a file there is no folder, for root neither.
    const result = await site.run("--data", "postrider.yaml/data", "status");
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/data folder is not writable.*\n.*--data/);
  });

  it("reports that the feed's folder is not writable, sends the rest, and continues when it is writable", async () => {
    await using sink = await openSink();
    const site = openTestSite(mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"), {
      "content/posts/hello.md": post("Hello"),
      "readers.csv": readersCsv(3),
      public: "a file where a folder should be",
    });
    await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    const result = await site.run("publish", "content/posts/hello.md", "--json");
    expect(result.status).toBe(1);
    expect(countsOf(result)).toMatchObject({ accepted: 3 });
    expect(countsOf(result, "feed")).toMatchObject({ pending: 1, accepted: 0 });
    expect(result.stderr).toContain("can't be written");
    rmSync(join(site.dir, "public"));
    const again = await site.run("publish", "content/posts/hello.md", "--json");
    expect(countsOf(again, "feed")).toMatchObject({ accepted: 1 });
    expect(again.status).toBe(0);
    expect([...sink.accepted.values()]).toEqual([1, 1, 1]);
  });

  it.skipIf(!canMount)(
    "reports that the disk is full, sends nothing incomplete, and continues when there is space",
    async () => {
      await using sink = await openSink();
      const site = openTestSite(mailSite(sink.url), {
        "content/posts/hello.md": post("Hello"),
        "readers.csv": readersCsv(200),
      });
      const disk = join(site.dir, "disk");
      mkdirSync(disk);
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=66m", "tmpfs", disk]);
      try {
        const data = ["--data", join(disk, "data")];
        await site.run(...data, "subscribers", "import", "readers.csv", "--list", "everyone");
        const { bavail, bsize } = statfsSync(disk);
        writeFileSync(join(disk, "filler"), Buffer.alloc(bavail * bsize - 100_000));
        const full = await site.run(...data, "publish", "content/posts/hello.md");
        expect(full.status).toBe(1);
        expect(full.stderr).toMatch(/disk is full|No space left/);
        const before = sink.accepted.size;
        rmSync(join(disk, "filler"));
        const again = await site.run(...data, "publish", "content/posts/hello.md", "--json");
        const counts = countsOf(again);
        expect((counts?.accepted ?? 0) + (counts?.uncertain ?? 0)).toBe(200);
        expect(sink.accepted.size).toBeGreaterThanOrEqual(Math.max(before, 200 - (counts?.uncertain ?? 0)));
        expect([...sink.accepted.values()].filter((times) => times > 1)).toEqual([]);
      } finally {
        execFileSync("umount", [disk]);
      }
    },
  );
});
