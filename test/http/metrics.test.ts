/** What Prometheus reads. */

import { describe, expect, it } from "vitest";
import { addReaders, openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { failure, openProbe } from "../support/probe.ts";

const never = new AbortController().signal;
const listen = { host: "127.0.0.1", port: 0 };
const linesOf = (text: string, name: string): string[] =>
  text.split("\n").filter((line) => line.startsWith(`postrider_${name}{`));

describe("/metrics", () => {
  it("shows counts of the ledger, of waiting deliveries and of the queue, without data about readers", async () => {
    await using backend = await openBackend({});
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 3);
    probe.answer = async ({ recipient }) => {
      if (recipient.address === "reader1@example.org") throw failure("permanent", "recipient");
      return {};
    };
    await test.publish();
    await using before = await test.app.startServer(test.channels, listen);
    const waiting = await (await fetch(`${before.url}/metrics`)).text();
    expect(linesOf(waiting, "deliveries")).toEqual(['postrider_deliveries{channel="probe",state="pending"} 3']);
    expect(linesOf(waiting, "queue_jobs")).toEqual(['postrider_queue_jobs{channel="probe"} 1']);
    expect(Number(linesOf(waiting, "late_seconds")[0]?.split(" ").at(-1))).toBeGreaterThan(0);

    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.settled();
    await using after = await test.app.startServer(test.channels, listen);
    const response = await fetch(`${after.url}/metrics`);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    expect(linesOf(text, "deliveries")).toEqual([
      'postrider_deliveries{channel="probe",state="accepted"} 2',
      'postrider_deliveries{channel="probe",state="refused"} 1',
    ]);
    expect(text).toContain("process_cpu_seconds_total");
    expect(text).not.toContain("reader1");
  });

  it("is missing if it is switched off", async () => {
    await using backend = await openBackend({});
    await using test = await openTestApp(backend, [openProbe().adapter]);
    Object.assign(test.site.config, { metrics: false });
    await using server = await test.app.startServer(test.channels, listen);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  });
});
