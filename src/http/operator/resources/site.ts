/** Publications, channels, workers and feeds over HTTP. */

import { listPublications, showPublication } from "#desk/posts/pages.ts";
import { readLog } from "#desk/site/audit-log.ts";
import { listChannels, listFeeds, listWorkers, showChannel } from "#desk/site/pages.ts";
import type { Route } from "../route.ts";

export const siteRoutes: readonly Route[] = [
  {
    ...{ id: "listPublications", method: "get", path: "/publications" },
    summary: "Publications, newest first",
    act: listPublications,
  },
  {
    ...{ id: "showPublication", method: "get", path: "/publications/{id}" },
    summary: "One publication with its channels",
    ...{ act: showPublication, names: { id: "publication" } },
  },
  {
    ...{ id: "listChannels", method: "get", path: "/channels" },
    summary: "Channels with their health, as far as it is known without the network",
    act: listChannels,
  },
  {
    ...{ id: "showChannel", method: "get", path: "/channels/{name}" },
    summary: "One channel with its health",
    ...{ act: showChannel, names: { name: "channel" } },
  },
  {
    ...{ id: "listWorkers", method: "get", path: "/workers" },
    summary: "Processes that send, those that began last at first",
    act: listWorkers,
  },
  {
    ...{ id: "listFeeds", method: "get", path: "/feeds" },
    summary: "The documents of feeds",
    act: listFeeds,
  },
  {
    ...{ id: "listAuditLog", method: "get", path: "/audit-log" },
    summary: "Who did what, when and why, the newest first",
    act: readLog,
  },
];
