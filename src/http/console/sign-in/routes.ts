/** All routes of signing in with a provider or a passkey. */

import { Hono } from "hono";
import { openIdRoutes } from "./open-id.ts";
import { passkeyRoutes } from "./passkeys.ts";
import type { SignInPorts } from "./ports.ts";

export function signInRoutes(ports: SignInPorts): Hono {
  const app = new Hono();
  openIdRoutes(app, ports);
  passkeyRoutes(app, ports);
  return app;
}
