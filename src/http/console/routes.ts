/** All pages of the console. */

import { createHash } from "node:crypto";
import { Hono } from "hono";
import { boundedBody } from "../body.ts";
import { openLimit } from "../limit.ts";
import type { NetworkOf } from "../network.ts";
import { eventRoutes } from "../operator/events.ts";
import { logPage } from "./pages/house/log.ts";
import { peoplePages } from "./pages/house/people.ts";
import { settingsPage } from "./pages/house/settings.ts";
import { channelsPage } from "./pages/machinery/channels.ts";
import { feedsPage } from "./pages/machinery/feeds.ts";
import { webhooksPages } from "./pages/machinery/webhooks.ts";
import { workersPage } from "./pages/machinery/workers.ts";
import { againPages } from "./pages/posts/again.ts";
import { postsPage } from "./pages/posts/list.ts";
import { postPage } from "./pages/posts/post.ts";
import { previewPages } from "./pages/posts/preview.ts";
import { publishPages } from "./pages/posts/publish.ts";
import { testPages } from "./pages/posts/test-mail.ts";
import { readersPages } from "./pages/readers/list.ts";
import { listsPages } from "./pages/readers/lists.ts";
import { readerPages } from "./pages/readers/reader.ts";
import { editionPages } from "./pages/schedule/editions.ts";
import { jobPages } from "./pages/schedule/jobs.ts";
import { searchPage } from "./pages/search.ts";
import { campaignPages } from "./pages/sending/campaign.ts";
import { campaignsPage } from "./pages/sending/campaigns.ts";
import { deliveriesPage } from "./pages/sending/deliveries.ts";
import { uncertainPages } from "./pages/sending/uncertain.ts";
import { signInRoutes, signOutRoute } from "./pages/sign-in.ts";
import { todayPage } from "./pages/today.ts";
import type { ConsolePorts } from "./ports.ts";
import { requireOwnForm, requireSession } from "./session.ts";
import { openPages } from "./shell/serve.ts";

const all = [
  ...[todayPage, postsPage, postPage, previewPages, publishPages, againPages, testPages],
  ...[campaignsPage, campaignPages, deliveriesPage, uncertainPages],
  ...[readersPages, readerPages, listsPages, jobPages, editionPages],
  ...[channelsPage, feedsPage, workersPage, webhooksPages, peoplePages, logPage, settingsPage, searchPage],
];

const mostBytes = 256 * 1024;
/** From one network, in ten minutes. */
const mostSignIns = 20;

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1d56b8"/><path d="M3 5h10v7H3zl5 4 5-4" fill="none" stroke="#fff"/></svg>';

export async function consoleRoutes(ports: ConsolePorts, network: NetworkOf): Promise<Hono> {
  const app = new Hono().basePath("/console");
  const { style, script } = await ports.assets();
  // A changed file gets another address, so that browsers can keep each for a year.
  const version = createHash("sha256").update(style).update(script).digest("hex").slice(0, 12);
  const assets = `/console/assets/${version}`;
  const forever = { "cache-control": "public, max-age=31536000, immutable", "x-content-type-options": "nosniff" };
  app.get(`/assets/${version}/console.css`, (context) =>
    context.body(style, 200, { ...forever, "content-type": "text/css" }),
  );
  app.get(`/assets/${version}/console.js`, (context) =>
    context.body(script, 200, { ...forever, "content-type": "text/javascript" }),
  );
  app.get(`/assets/${version}/icon.svg`, (context) =>
    context.body(icon, 200, { ...forever, "content-type": "image/svg+xml" }),
  );
  app.use("*", boundedBody(mostBytes));
  app.use("*", requireOwnForm);
  const limit = openLimit(mostSignIns, 600, () => ports.now().getTime());
  signInRoutes(app, ports, assets, { limit, network });
  app.use("*", requireSession(ports));
  signOutRoute(app, ports);
  eventRoutes(app, ports.events);
  const pages = openPages(app, ports, assets);
  for (const open of all) open(pages);
  return app;
}
