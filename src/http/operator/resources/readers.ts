/** Subscribers, lists, segments, suppressions and bounces over HTTP. */

import { addReader, bringReaderBack } from "#desk/readers/add.ts";
import { forgetReaderById, removeReaderById } from "#desk/readers/by-id.ts";
import {
  liftSuppression,
  pageBounces,
  pageLists,
  pageReaders,
  pageSegments,
  pageSuppressions,
  showReaderById,
} from "#desk/readers/pages.ts";
import { suppressAddress } from "#desk/readers/suppress.ts";
import { defaultReason } from "../caller.ts";
import type { Route } from "../route.ts";

const names = { id: "subscriber" };
const defaults = { reason: defaultReason };

export const readerRoutes: readonly Route[] = [
  {
    ...{ id: "listSubscribers", method: "get", path: "/subscribers" },
    summary: "Subscribers, newest first",
    act: pageReaders,
  },
  {
    ...{ id: "addSubscriber", method: "post", path: "/subscribers" },
    summary: "Add a reader to a list. Does nothing for somebody who is on it already, or unsubscribed from it",
    ...{ act: addReader, status: 201 },
    conflict: "This person was forgotten.",
  },
  {
    ...{ id: "showSubscriber", method: "get", path: "/subscribers/{id}" },
    summary: "One subscriber, with lists and suppressions",
    ...{ act: showReaderById, names },
  },
  {
    ...{ id: "forgetSubscriber", method: "delete", path: "/subscribers/{id}" },
    summary: "Erase all data of a subscriber. They get no more email, and no import adds them again",
    ...{ act: forgetReaderById, names },
  },
  {
    ...{ id: "unsubscribe", method: "delete", path: "/subscribers/{id}/subscriptions" },
    summary: "End the subscriptions of a subscriber, all or those of one list",
    ...{ act: removeReaderById, names },
  },
  {
    ...{ id: "resubscribe", method: "post", path: "/resubscriptions" },
    summary: "Subscribe somebody again who unsubscribed or was forgotten, with a proof that they asked for it",
    ...{ act: bringReaderBack, status: 201 },
  },
  {
    ...{ id: "listLists", method: "get", path: "/lists" },
    summary: "Mailing lists with the numbers of their readers",
    act: pageLists,
  },
  {
    ...{ id: "listSegments", method: "get", path: "/segments" },
    summary: "The segments of the configuration, with the numbers of their readers",
    act: pageSegments,
  },
  {
    ...{ id: "listSuppressions", method: "get", path: "/suppressions" },
    summary: "Suppressed addresses, newest first",
    act: pageSuppressions,
  },
  {
    ...{ id: "suppressAddress", method: "post", path: "/suppressions" },
    summary: "Suppress all email to an address",
    ...{ act: suppressAddress, status: 201, defaults },
  },
  {
    ...{ id: "liftSuppression", method: "delete", path: "/suppressions/{id}" },
    summary: "Lift a suppression because of a bounce, a complaint or an operator",
    ...{ act: liftSuppression, names: { id: "suppression" }, defaults },
    conflict: "The person unsubscribed or was forgotten, so only they can lift it.",
  },
  {
    ...{ id: "listBounces", method: "get", path: "/bounces" },
    summary: "Bounces and complaints, newest first",
    act: pageBounces,
  },
];
