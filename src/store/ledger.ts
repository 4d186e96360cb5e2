/** The ledger that the verbs work with, over one database. */

import type { Ledger } from "#core/ports.ts";
import type { Database } from "./database.ts";
import { claim, record, recoverFrom, unclaim } from "./deliveries.ts";
import { findPost, noticed, rememberPost } from "./posts.ts";
import {
  audienceOf,
  channelCleared,
  channelFailed,
  channelNames,
  channelPublication,
  channelsOf,
  createPublication,
  dueBatches,
  dueChannels,
  dueReleases,
  release,
} from "./publications.ts";
import { report } from "./report.ts";
import { deadWorkers } from "./workers.ts";

export function openLedger(database: Database): Ledger {
  const sql = database.pool;
  const { transaction } = database;
  return {
    transaction,
    rememberPost,
    noticed,
    post: (postId, revision) => findPost(sql, postId, revision),
    channelsOf,
    createPublication,
    channelPublication: (id, channel) => channelPublication(sql, id, channel),
    release,
    channelNames,
    dueReleases: () => dueReleases(sql),
    audienceOf: (channel) => audienceOf(sql, channel),
    dueBatches,
    dueChannels: (channels) => dueChannels(sql, channels),
    unstall: channelCleared,
    claim: (batch, workerId) => transaction((tx) => claim(tx, batch, workerId)),
    record: (claimId, changes) => record(sql, claimId, changes),
    unclaim: (claimId) => unclaim(sql, claimId),
    channelFailed: (id, channel, failure, stallAfter) =>
      transaction((tx) => channelFailed(tx, id, channel, failure, stallAfter)),
    channelWorks: (id, channel) => channelCleared(sql, id, channel),
    recover: (idempotent) => transaction(async (tx) => recoverFrom(tx, await deadWorkers(tx), idempotent)),
    report: (postId) => report(sql, postId),
  };
}
