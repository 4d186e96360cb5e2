/** A year of weekly digests in three time zones, by a clock that the test turns: through both changes of the clocks, through downtime, with two schedulers. */

import { describe, expect, inject, it } from "vitest";
import type { Post } from "#core/posts/post.ts";
import { openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { dated, type JobTest, openJobTest } from "../support/jobs.ts";
import { openProbe } from "../support/probe.ts";

const zones = { berlin: "Europe/Berlin", sydney: "Australia/Sydney", "new-york": "America/New_York" };
const weekly = (timezone: string): string => `kind: campaign
schedule: { when: every sunday at 02:30, timezone: ${timezone} }
channels: [probe]
`;
const files = Object.fromEntries(Object.entries(zones).map(([name, zone]) => [`${name}.yaml`, weekly(zone)]));
const start = Date.parse("2026-01-01T00:00Z");
const hourMs = 3_600_000;
const hours = 365 * 24;

/** Small numbers from a seed, so that a run that fails can be had again. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Two or three posts a week, at odd hours. */
const random = chance(7);
const posts: Post[] = Array.from({ length: 130 }, (_, index) =>
  dated(`p${index}`, new Date(start + (index * (hours / 130) + random() * 40 + 1) * hourMs).toISOString()),
).filter(({ publishedAt }) => Date.parse(publishedAt) < start + 360 * 24 * hourMs);

/** Sundays at half past two by a reading of the clock on the wall that knows nothing of ours. */
function expectedTimes(timezone: string): string[] {
  const format = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone: timezone, weekday: "short", year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
  const times: string[] = [];
  let latest = "";
  let before = "";
  for (let half = 0; half <= hours * 2; half++) {
    const time = new Date(start + half * (hourMs / 2));
    const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const day = `${part["year"]}-${part["month"]}-${part["day"]}`;
    const clock = `${part["hour"]}:${part["minute"]}`;
    // The hour that is left out: the clock jumps from 01:30, seen each half hour, to 03:00.
    const isTime = clock === "02:30" || (clock === "03:00" && before === "01:30");
    if (part["weekday"] === "Sun" && isTime && day !== latest) {
      times.push(time.toISOString());
      latest = day;
    }
    before = clock;
  }
  return times;
}

async function editionsOf({ test }: JobTest, job: string) {
  const editions = (await test.app.jobs.editions.list({ job })).reverse();
  return Promise.all(
    editions.map(async ({ number, scheduledFor, state, publicationId }) => ({
      ...{ number, at: scheduledFor.toISOString(), state, publicationId },
      posts: (await test.app.jobs.editions.contents(job, number)).map(({ postId }) => postId),
    })),
  );
}

/** Each post in one edition, the first after it that took place. */
async function expectEachOnce(jobs: JobTest, job: string): Promise<void> {
  const editions = await editionsOf(jobs, job);
  expect(editions.flatMap((edition) => edition.posts).sort()).toEqual(posts.map(({ id }) => id).sort());
  expect(editions.map(({ number }) => number)).toEqual(editions.map((_, index) => index + 1));
  expect(editions.every(({ state, publicationId }) => state === "approved" && publicationId)).toBe(true);
  for (const [index, edition] of editions.entries()) {
    const previous = editions[index - 1]?.at ?? "";
    for (const id of edition.posts) {
      const at = posts.find((post) => post.id === id)?.publishedAt ?? "";
      expect(at > previous && at <= edition.at).toBe(true);
    }
  }
}

/** A schedule is the same wherever it is kept: on a server, the one place where two schedulers really work at once, or embedded. */
const open = () => openBackend({ postgres: inject("postgresUrl") });

describe("A year", () => {
  it("has exactly the editions by the calendars of three places, with each post in one edition of each", async () => {
    await using backend = await open();
    await using jobs = await openJobTest(backend, files, new Date(start).toISOString());
    await jobs.test.app.jobs.tend();
    jobs.posts.push(...posts);
    for (let hour = 1; hour <= hours; hour++) {
      jobs.clock.now = new Date(start + hour * hourMs + 20_000);
      // Sundays there are Saturdays or Mondays here; the rest of the week it is enough to look once a day.
      if (hour % (new Date(jobs.clock.now).getUTCDay() % 6 === 0 ? 6 : 24) === 0) await jobs.test.app.jobs.tend();
    }
    for (const [job, zone] of Object.entries(zones)) {
      const times = expectedTimes(zone);
      expect(times).toHaveLength(52);
      const runs = (await jobs.test.app.jobs.occurrences.list(job)).reverse();
      expect(runs.map(({ scheduledFor }) => scheduledFor.toISOString())).toEqual(times);
      expect(runs.every(({ missed }) => missed === 0)).toBe(true);
      await expectEachOnce(jobs, job);
    }
  });

  it("loses and repeats nothing if it is down at random hours and is killed, with two schedulers at once", async () => {
    await using backend = await open();
    await using jobs = await openJobTest(backend, files, new Date(start).toISOString());
    const site = { ...jobs.test.site };
    await using second = await openTestApp(backend, [openProbe().adapter], {}, site.environment, {
      ...{ clock: site.clock, content: site.content },
    });
    await jobs.test.app.jobs.tend();
    jobs.posts.push(...posts);
    const dice = chance(11);
    let downUntil = 0;
    let died = 0;
    for (let time = start + hourMs; time <= start + hours * hourMs; time += hourMs * (1 + Math.floor(dice() * 8))) {
      if (time < downUntil) continue;
      if (dice() < 0.05) downUntil = time + dice() * 20 * 24 * hourMs;
      jobs.clock.now = new Date(time + dice() * hourMs);
      if (dice() < 0.1) {
        // It took the jobs and died: the claims stay behind until their time is over.
        const { database } = jobs.test.app;
        await database.pool.query("update postrider.declared_job set claim = gen_random_uuid(), claimed_until = $1", [
          new Date(jobs.clock.now.getTime() + 300_000),
        ]);
        died++;
        continue;
      }
      await Promise.all([jobs.test.app.jobs.tend(), second.app.jobs.tend()]);
    }
    jobs.clock.now = new Date(start + (hours + 24 * 8) * hourMs);
    await Promise.all([jobs.test.app.jobs.tend(), second.app.jobs.tend()]);
    expect(died).toBeGreaterThan(5);
    for (const [job, zone] of Object.entries(zones)) {
      const runs = (await jobs.test.app.jobs.occurrences.list(job)).reverse();
      const times = new Set(expectedTimes(zone));
      const made = runs.map(({ scheduledFor }) => scheduledFor.toISOString()).filter((time) => time < "2027");
      expect(made.filter((time) => !times.has(time))).toEqual([]);
      expect(new Set(made).size).toBe(made.length);
      // Each time ran, or is counted with the one that stands for it.
      expect(runs.reduce((sum, { missed }) => sum + 1 + missed, 0)).toBeGreaterThanOrEqual(52);
      expect(runs.some(({ missed }) => missed > 0)).toBe(true);
      await expectEachOnce(jobs, job);
    }
  });
});
