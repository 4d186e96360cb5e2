/** The pages for readers. All work without scripts, set no cookies, and never change anything on GET. */

import { Hono } from "hono";
import { boundedBody } from "../body.ts";
import { openLimit } from "../limit.ts";
import { networkOf } from "../network.ts";
import { archiveRoutes } from "./archive.ts";
import { confirmRoutes } from "./confirm.ts";
import { openReaderDesk, type ReaderPorts } from "./desk.ts";
import { engagementRoutes } from "./engagement.ts";
import { frontRoutes } from "./front.ts";
import { preferencesRoutes } from "./preferences.ts";
import { subscribeRoutes } from "./subscribe.ts";
import { unsubscribeRoutes } from "./unsubscribe.ts";

export type { ReaderPorts };

const mostBytes = 64 * 1024;
/** Requests from one network. A person who mistypes their address needs about three. */
const requestsInTenMinutes = 20;

export function readerRoutes(ports: ReaderPorts): Hono {
  const app = new Hono();
  const desk = openReaderDesk(
    ports,
    networkOf(ports.behindProxy),
    openLimit(requestsInTenMinutes, 600, () => ports.now().getTime()),
  );
  for (const path of ["/subscribe", "/confirm/*", "/preferences/*", "/unsubscribe/*"])
    app.use(path, boundedBody(mostBytes));
  unsubscribeRoutes(app, desk);
  subscribeRoutes(app, desk);
  confirmRoutes(app, desk);
  preferencesRoutes(app, desk);
  engagementRoutes(app, desk, ports.engagement);
  archiveRoutes(app, desk, ports.archive);
  frontRoutes(app, desk, ports.archive);
  return app;
}
