/** The blog of a real project, five years of it, replayed by its dates. */

import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import rss from "#adapters/rss.ts";
import { openContent } from "#content/content.ts";
import type { Adapter } from "#core/adapter.ts";
import { readOutline } from "#render/markdown/outline.ts";
import { site as anySite, corpus, hasCorpus } from "../content/support.ts";
import { addReaders } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openJobTest } from "../support/jobs.ts";

const source = join(corpus, "starlingx/src/pages/blog");
const never = new AbortController().signal;
const files = {
  "new-posts.yaml": "kind: publish\nchannels: [probe, rss]\n",
  "monthly.yaml": `kind: campaign
schedule: { when: on the first monday of every month at 09:00, timezone: Europe/Berlin }
channels: [probe]
audience: { list: monthly }
`,
};
const mended = "This paragraph was added when the post had been out for a while.";

it.skipIf(!hasCorpus)(
  "sends each post once to each channel and in one digest, and its edits only to the feed",
  { timeout: 300_000 },
  async () => {
    await using backend = await openBackend({ postgres: inject("postgresUrl") });
    const dir = join(backend.dataDir, "posts");
    mkdirSync(dir);
    const clock = { now: () => jobs.clock.now, sleep: async () => undefined };
    const content = openContent(
      { preset: "gatsby-decap", dir },
      { site: { ...anySite, url: "https://www.starlingx.io" }, outline: readOutline, clock, baseDir: dir },
    );
    let written: (paths: string[]) => Promise<void> = async () => undefined;
    await using jobs = await openJobTest(backend, files, "2018-09-01T00:00Z", {
      adapters: [rss as Adapter],
      settings: { rss: "out: public\n    limit: 100" },
      site: {
        content: {
          ...content,
          watch: async (onChange) => {
            written = onChange;
            return new AsyncDisposableStack();
          },
        },
      },
    });
    const { test, mails } = jobs;
    await addReaders(test, 2);
    await test.app.subscribers.add([{ address: "monthly@example.org" }], { list: "monthly", source: "test" });
    await using _workers = await test.app.startWorkers(test.channels, never);
    const sentences: string[] = [];
    await using _watch = await test.app.startWatch(test.channels, (_path, sentence) => sentences.push(sentence));

    const all = await Promise.all(
      readdirSync(source)
        .filter((name) => name.endsWith(".md"))
        .map(async (name) => ({ name, date: dateOf(readFileSync(join(source, name), "utf8")) })),
    );
    const posts = all.sort((a, b) => a.date - b.date);
    const advance = async (to: number): Promise<void> => {
      for (; jobs.clock.now.getTime() + 7 * 86_400_000 < to; await test.app.jobs.tend())
        jobs.clock.now = new Date(jobs.clock.now.getTime() + 7 * 86_400_000);
      jobs.clock.now = new Date(to);
      await test.app.jobs.tend();
    };
    const edited: string[] = [];
    for (const [index, { name, date }] of posts.entries()) {
      await advance(date + 3_600_000);
      const file = join(dir, name);
      copyFileSync(join(source, name), file);
      await written([file]);
      const before = posts[index - 4];
      if (index % 5 !== 0 || !before) continue;
      const old = join(dir, before.name);
      writeFileSync(old, `${readFileSync(old, "utf8")}\n\n${mended}\n`);
      await written([old]);
      edited.push(before.name);
    }
    const last = posts.at(-1)?.date ?? 0;
    await advance(last + 40 * 86_400_000);

    const readings = await Promise.all((await content.list()).map((path) => content.read(path)));
    const isHeld = (diagnostics: { severity: string }[]): boolean =>
      diagnostics.some((each) => each.severity === "error");
    // A post that its mistakes hold back goes nowhere.
    const good = readings.flatMap(({ post, diagnostics }) => (post && !isHeld(diagnostics) ? post : []));
    const shown = edited.filter((name) => good.some(({ id }) => id === name));
    expect(good.length).toBeGreaterThan(70);
    const editions = await test.app.jobs.editions.list({ job: "monthly" });
    await expect.poll(() => mails.length, { timeout: 120_000 }).toBe(2 * good.length + editions.length);
    for (const post of good) {
      const report = await test.settled(post.id);
      expect(report?.channels["probe"]?.counts).toMatchObject({ accepted: 2, pending: 0 });
      expect(report?.channels["rss"]?.counts).toMatchObject({ accepted: 1, pending: 0 });
    }
    const contents = await Promise.all(
      editions.map(({ number }) => test.app.jobs.editions.contents("monthly", number)),
    );
    expect(
      contents
        .flat()
        .map(({ postId }) => postId)
        .sort(),
    ).toEqual(good.map(({ id }) => id).sort());
    // Two readers of each post, one of the digests; an edit is not among them.
    expect(mails).toHaveLength(2 * good.length + editions.length);
    expect(new Set(mails.map(({ key }) => key)).size).toBe(mails.length);

    expect(shown.length).toBeGreaterThan(10);
    const said = () => sentences.filter((sentence) => sentence.startsWith("edited"));
    await expect.poll(said, { timeout: 120_000 }).toHaveLength(shown.length);
    expect(said().every((sentence) => sentence.endsWith("no email is sent again; rss shows it"))).toBe(true);
    const feed = readFileSync(join(backend.dataDir, "public/feed.xml"), "utf8");
    expect(feed.split("<item>").length - 1).toBe(good.length);
    expect(feed.split(mended).length - 1).toBeGreaterThanOrEqual(shown.length);
    expect(mails.filter(({ rendition }) => rendition.html.includes(mended))).toEqual([]);
  },
);

function dateOf(text: string): number {
  // Some files end their lines with CR LF.
  return Date.parse(/^date: *"?([^"\r\n]+)/m.exec(text)?.[1] ?? "");
}
