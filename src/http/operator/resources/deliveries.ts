/** Deliveries over HTTP: pages, one with its history, and decisions about uncertain ones. */

import { decideDelivery } from "#desk/deliveries/decide.ts";
import { listDeliveries, showDelivery } from "#desk/deliveries/list.ts";
import { defaultReason } from "../caller.ts";
import type { Route } from "../route.ts";

const names = { id: "delivery" };

export const deliveryRoutes: readonly Route[] = [
  {
    ...{ id: "listDeliveries", method: "get", path: "/deliveries" },
    summary: "Deliveries, newest first",
    act: listDeliveries,
  },
  {
    ...{ id: "showDelivery", method: "get", path: "/deliveries/{id}" },
    summary: "One delivery with its history",
    ...{ act: showDelivery, names },
  },
  {
    ...{ id: "decideDelivery", method: "put", path: "/deliveries/{id}/verdict" },
    summary: "Decide about an uncertain delivery: it arrived, send it again, or leave it",
    ...{ act: decideDelivery, names, defaults: { reason: defaultReason } },
    conflict: "The delivery is not uncertain.",
  },
];
