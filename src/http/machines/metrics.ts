/** `/metrics` in Prometheus format: ledger counts, queues and this process. No data about readers. */

import { Hono } from "hono";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Measured } from "#core/sending/measured.ts";

export interface Metrics {
  measure(): Promise<Measured>;
  /** Jobs that wait or run, by channel. */
  queued(): Promise<{ channel: string; jobs: number }[]>;
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function metricsRoutes(metrics: Metrics): Hono {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]): Gauge<Label> =>
    new Gauge({ name: `postrider_${name}`, help, labelNames, registers: [registry] });
  const deliveries = gauge("deliveries", "Deliveries in the ledger.", ["channel", "state"]);
  const paused = gauge("paused_publications", "Publications that are paused by an operator or a rule.", ["channel"]);
  const stalled = gauge("stalled_publications", "Publications that wait until a channel works again.", ["channel"]);
  const late = gauge("late_seconds", "Age of the oldest delivery that is due and was not attempted.", ["channel"]);
  const jobs = gauge("queue_jobs", "Queue jobs that are waiting or running.", ["channel"]);

  const app = new Hono();
  app.get("/metrics", async (context) => {
    const [measured, queued] = await Promise.all([metrics.measure(), metrics.queued()]);
    for (const each of [deliveries, paused, stalled, late, jobs]) each.reset();
    for (const { count, ...labels } of measured.deliveries) deliveries.set(labels, count);
    for (const { channel, ...open } of measured.channels) {
      paused.set({ channel }, open.paused);
      stalled.set({ channel }, open.stalled);
      late.set({ channel }, open.lateSeconds);
    }
    for (const each of queued) jobs.set({ channel: each.channel }, each.jobs);
    return context.body(await registry.metrics(), 200, { "content-type": registry.contentType });
  });
  return app;
}
