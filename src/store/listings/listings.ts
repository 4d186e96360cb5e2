/** The lists of one database, for the desk. */

import { PostriderError } from "#core/errors.ts";
import type { Listings } from "#core/listings/listings.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Subscriber } from "#core/readers/subscriber.ts";
import type { SubscriberBook } from "#core/readers/subscriber-book.ts";
import type { Database } from "#store/database/database.ts";
import { campaignPage } from "./campaigns.ts";
import { deliveryPage } from "./deliveries.ts";
import { decideDelivery, requireUncertain, showDelivery } from "./delivery.ts";
import { postPage, publicationPage, showPublication } from "./publications.ts";
import { readerPage } from "./readers.ts";
import { channelStates, feedPage, workerPage } from "./site.ts";
import { bouncePage, liftSuppression, suppressionPage } from "./suppressions.ts";

export function openListings(
  { pool: sql, transaction }: Database,
  subscribers: Pick<SubscriberBook, "find">,
): Listings {
  return {
    campaigns: { page: (filter, slice) => campaignPage(sql, filter, slice) },
    deliveries: {
      page: (filter, slice) => deliveryPage(sql, filter, slice),
      show: (id) => showDelivery(sql, id),
    },
    verdicts: { requireUncertain, decide: decideDelivery },
    readers: {
      page: (filter, slice) => readerPage(sql, filter, slice),
      show: (id) => showReader(sql, id, subscribers),
    },
    suppressions: {
      page: (filter, slice) => suppressionPage(sql, filter, slice),
      lift: (id, change) => transaction((tx) => liftSuppression(tx, id, change)),
    },
    bounces: { page: (filter, slice) => bouncePage(sql, filter, slice) },
    publications: {
      page: (filter, slice) => publicationPage(sql, filter, slice),
      show: (id) => showPublication(sql, id),
      posts: (slice) => postPage(sql, slice),
    },
    site: {
      channels: (names) => channelStates(sql, names),
      workers: (filter, slice) => workerPage(sql, filter, slice),
      feeds: (filter, slice) => feedPage(sql, filter, slice),
    },
  };
}

/** @throws PostriderError `not_found` */
async function showReader(sql: Sql, id: string, { find }: Pick<SubscriberBook, "find">): Promise<Subscriber> {
  const { rows } = await sql.query<{ address: string }>("select address from postrider.subscriber where id = $1", [
    /^\d{1,18}$/.test(id) ? id : "0",
  ]);
  const subscriber = rows[0] && (await find(rows[0].address));
  if (subscriber) return subscriber;
  throw new PostriderError("not_found", `There is no subscriber "${id}"`, {
    hint: "Ids of subscribers are numbers. GET /api/v1/subscribers?address=… finds the id of an address.",
  });
}
