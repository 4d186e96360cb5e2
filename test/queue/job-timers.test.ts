/** BullMQ's job schedulers as alarm clocks, on every place where the queue can live. */

import { expect, it } from "vitest";
import { scheduleSchema } from "#config/values/schedule.ts";
import type { JobFile } from "#core/jobs/job-file.ts";
import { jobTimers, planTimers, setTimers } from "#queue/job-timers.ts";
import { openTestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const job = (name: string, when?: string): JobFile => ({
  ...{ name, kind: "maintenance", description: "", tasks: ["sweep"], keep: { seconds: 1 } },
  ...(when && { schedule: scheduleSchema("Europe/Berlin").parse(when) }),
});

describeOnEveryBackend("Alarm clocks", (open) => {
  it("are added, changed and removed like the files, and otherwise not changed", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const queue = test.app.backend;
    const before = [job("a", "every hour"), job("b", "every day at 09:00"), job("c")];
    expect(await planTimers(queue, before)).toEqual({ added: ["a", "b"], changed: [], removed: [] });
    expect(await setTimers(queue, before)).toEqual({ added: ["a", "b"], changed: [], removed: [] });
    expect(await setTimers(queue, before)).toEqual({ added: [], changed: [], removed: [] });
    const after = [job("b", "every day at 10:00"), job("c", "every 15 minutes")];
    expect(await setTimers(queue, after)).toEqual({ added: ["c"], changed: ["b"], removed: ["a"] });
    const clocks = await queue.queue(jobTimers).getJobSchedulers();
    expect(clocks.map(({ key, pattern, tz }) => [key, pattern, tz]).sort()).toEqual([
      ["b", "0 10 * * *", "Europe/Berlin"],
      ["c", "*/15 * * * *", "Europe/Berlin"],
    ]);
  });

  it("fire at the time of our own schedule parser", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const yearly = job("spring", "30 2 29 3 *");
    await setTimers(test.app.backend, [yearly]);
    const [clock] = await test.app.backend.queue(jobTimers).getJobSchedulers();
    expect(new Date(clock?.next ?? 0)).toEqual(yearly.schedule?.next(new Date()));
  });
});
