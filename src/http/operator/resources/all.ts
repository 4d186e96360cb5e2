/** All routes that are one act each. */

import { isList, type Route } from "../route.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { personRoutes, tokenLooks } from "./people.ts";
import { planRoutes } from "./plans.ts";
import { readerRoutes } from "./readers.ts";
import { siteRoutes } from "./site.ts";
import { webhookRoutes } from "./webhooks.ts";

export const resourceRoutes: readonly Route[] = [
  ...planRoutes,
  ...deliveryRoutes,
  ...readerRoutes,
  ...siteRoutes,
  ...webhookRoutes,
];

/** Resources with an `ETag`, for `If-Match`. */
export const singleResources: readonly string[] = [
  "/campaigns/{id}",
  "/jobs/{name}/editions/{number}",
  ...[...resourceRoutes, ...personRoutes, ...tokenLooks]
    .filter((route) => route.method === "get" && route.names && !isList(route))
    .map(({ path }) => path),
];
