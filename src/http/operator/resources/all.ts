/** All routes that are one act each. */

import type { Route } from "../route.ts";
import { deliveryRoutes } from "./deliveries.ts";
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
