/** Health checks: whether the process is alive, and whether it can work. */

import { Hono } from "hono";

export interface Health {
  /** Resolves when database and queue answer. */
  ready(): Promise<void>;
}

export function healthRoutes(health: Health): Hono {
  const app = new Hono();
  app.get("/healthz", (context) => context.text("ok\n"));
  app.get("/readyz", async (context) => {
    try {
      await health.ready();
      return context.text("ready\n");
    } catch {
      return context.text("the database or the queue does not answer\n", 503);
    }
  });
  return app;
}
