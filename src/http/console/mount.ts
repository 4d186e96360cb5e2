/** Puts the console into the server. Its modules are loaded when somebody opens it. */

import type { Context, Hono } from "hono";
import type { NetworkOf } from "../network.ts";
import { networkOf } from "../network.ts";
import type { ConsolePorts } from "./ports.ts";

export interface ConsoleMount {
  behindProxy: boolean;
  ports: ConsolePorts;
}

export function mountConsole(app: Hono, { behindProxy, ports }: ConsoleMount): void {
  const network: NetworkOf = networkOf(behindProxy);
  let opened: Promise<Hono> | null = null;
  const open = async (): Promise<Hono> => (await import("./routes.ts")).consoleRoutes(ports, network);
  const answer = async (context: Context): Promise<Response> => {
    opened ??= open().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return (await opened).fetch(context.req.raw, context.env);
  };
  app.all("/console", answer);
  app.all("/console/*", answer);
}
