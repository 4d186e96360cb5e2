/** The ledger's functions for deliveries. */

import type { BatchLedger, DeliveryLedger, PaceLedger, RecoveryLedger } from "#core/ports/sending.ts";
import type { Database } from "../database/database.ts";
import { channelCleared, closeFinished, dueBatches, dueChannels } from "../publications/publications.ts";
import { alarm } from "../sending/campaigns.ts";
import { claim, closeClaim, defer, intend, record, recoverFrom } from "../sending/deliveries.ts";
import { blockedPace, blockPace, takePace } from "../sending/pace.ts";
import { dueLookups, putOffLookup, recordLookup } from "../sending/uncertain.ts";
import { deadWorkers } from "../sending/workers.ts";

export type SendingLedger = BatchLedger & DeliveryLedger & PaceLedger & RecoveryLedger;

export function openSendingLedger({ pool: sql, transaction }: Database): SendingLedger {
  return {
    dueBatches,
    closeFinished: (channels) => closeFinished(sql, channels),
    dueChannels: (channels) => dueChannels(sql, channels),
    unstall: channelCleared,
    claim: (batch, workerId) => claim(sql, batch, workerId),
    intend: (claimId, ids) => intend(transaction, sql, claimId, ids),
    record: (claimId, changes, again) => record(sql, claimId, changes, again),
    defer: (ids, dueIn) => defer(sql, ids, dueIn),
    closeClaim: (claimId) => closeClaim(sql, claimId),
    alarm: (kind, id, channel, data) => alarm(sql, kind, id, channel, data),
    takePace: (bucket, wanted) => takePace(sql, bucket, wanted),
    blockPace: (key, forMs) => blockPace(sql, key, forMs),
    blockedPace: (keys) => blockedPace(sql, keys),
    recover: (idempotent, wireLog) =>
      transaction(async (tx) => recoverFrom(tx, await deadWorkers(tx), idempotent, wireLog)),
    dueLookups: (channel) => dueLookups(sql, channel),
    recordLookup: (delivery, found) => transaction((tx) => recordLookup(tx, delivery, found)),
    putOffLookup: (delivery) => putOffLookup(sql, delivery),
  };
}
