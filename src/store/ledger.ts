/** The ledger that the verbs work with, over one database. */

import type { Ledger } from "#core/ports/ledger.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { DatedPost } from "#core/posts/post.ts";
import { dueReleases, freeze, release } from "./audience/audience.ts";
import { keepKnownSince, mayHaveBeenHad } from "./audience/had-marks.ts";
import { hadWarnings } from "./audience/had-warnings.ts";
import { audienceOf, plannedAudience, writtenAudience } from "./audience/planned-audience.ts";
import type { Database } from "./database/database.ts";
import { freeDay, gateOf, keepGate, openGate, renewGate } from "./publications/gates.ts";
import { formerNames, freeId, keepNames, postNamed } from "./publications/post-names.ts";
import { findPost, knownAs, noticed, rememberPost } from "./publications/posts.ts";
import {
  channelCleared,
  channelFailed,
  channelNames,
  channelPublication,
  channelsOf,
  closeFinished,
  createPublication,
  dueBatches,
  dueChannels,
  reschedule,
  revise,
} from "./publications/publications.ts";
import { report } from "./publications/report.ts";
import {
  cancelledOf,
  copies,
  edited,
  finish,
  openCopies,
  replacing,
  retry,
  retryOne,
  withdrawn,
} from "./publications/republish.ts";
import {
  editionsWith,
  endWithdrawal,
  holdWithdrawals,
  withdrawnAmong,
  withdrawnSince,
  withdrawPost,
} from "./publications/withdrawals.ts";
import { audit, auditedDeliveries } from "./sending/audit.ts";
import { campaigns } from "./sending/campaign-list.ts";
import { alarm, controlCampaign, countFailures } from "./sending/campaigns.ts";
import { claim, closeClaim, defer, intend, record, recoverFrom } from "./sending/deliveries.ts";
import { blockedPace, blockPace, takePace } from "./sending/pace.ts";
import { chooseSubject, subjectChosen } from "./sending/subjects.ts";
import { dueLooks, putOffLook, recordLook } from "./sending/uncertain.ts";
import { deadWorkers, workedChannels } from "./sending/workers.ts";

export interface LedgerPorts {
  /** See `Content.knownSince`. */
  knownSince(post: DatedPost): Promise<Date | null>;
  warn(sentence: string): void;
}

export function openLedger(database: Database, ports: LedgerPorts): Ledger {
  const sql = database.pool;
  const aged = async <P extends DatedPost>(among: Sql, post: P): Promise<P> =>
    (await mayHaveBeenHad(among, post)) ? { ...post, knownSince: await ports.knownSince(post) } : post;
  const { transaction } = database;
  return {
    transaction,
    async rememberPost(tx: Sql, post) {
      const id = await rememberPost(tx, post);
      const { knownSince } = await aged<DatedPost>(tx, post);
      if (knownSince) await keepKnownSince(tx, id, knownSince);
      return id;
    },
    noticed,
    knownAs: (post) => knownAs(sql, post),
    keepNames,
    formerNames: (posts) => formerNames(sql, posts),
    post: (postId, revision, tx?: Sql) => findPost(tx ?? sql, postId, revision),
    postNamed: (names) => postNamed(sql, names),
    freeId: (fileName) => freeId(sql, fileName),
    channelsOf,
    createPublication,
    reschedule,
    revise,
    channelPublication: (id, channel) => channelPublication(sql, id, channel),
    async release(tx: Sql, id) {
      const isFirst = await release(tx, id);
      if (isFirst) for (const sentence of await hadWarnings(tx, id)) ports.warn(sentence);
      return isFirst;
    },
    freeze,
    channelNames,
    dueReleases: () => dueReleases(sql),
    gateOf: (id) => gateOf(sql, id),
    openGate,
    keepGate: (id, gate, nextInMs) => keepGate(sql, id, gate, nextInMs),
    renewGate,
    freeDay,
    audienceOf: async (channel, post) => audienceOf(sql, channel, post && (await aged(sql, post))),
    plannedAudience: async (channel, post) => plannedAudience(sql, channel, post && (await aged(sql, post))),
    writtenAudience,
    dueBatches,
    closeFinished: (channels) => closeFinished(sql, channels),
    dueChannels: (channels) => dueChannels(sql, channels),
    unstall: channelCleared,
    claim: (batch, workerId) => claim(sql, batch, workerId),
    intend: (claimId, ids) => intend(transaction, sql, claimId, ids),
    record: (claimId, changes) => record(sql, claimId, changes),
    defer: (ids, dueIn) => defer(sql, ids, dueIn),
    closeClaim: (claimId) => closeClaim(sql, claimId),
    takePace: (bucket, wanted) => takePace(sql, bucket, wanted),
    blockPace: (key, forMs) => blockPace(sql, key, forMs),
    blockedPace: (keys) => blockedPace(sql, keys),
    control: (id, channel, action, actor, reason) =>
      transaction((tx) => controlCampaign(tx, id, channel, action, actor, reason)),
    subjectChosen: (id, channel) => transaction((tx) => subjectChosen(tx, id, channel)),
    chooseSubject: (id, channel, subject, actor) => transaction((tx) => chooseSubject(tx, id, channel, subject, actor)),
    countFailures: (id, channel, failures) => countFailures(sql, id, channel, failures),
    alarm: (kind, id, channel, data) => alarm(sql, kind, id, channel, data),
    channelFailed: (id, channel, failure, stallAfter) =>
      transaction((tx) => channelFailed(tx, id, channel, failure, stallAfter)),
    channelWorks: (id, channel) => channelCleared(sql, id, channel),
    recover: (idempotent, wireLog) =>
      transaction(async (tx) => recoverFrom(tx, await deadWorkers(tx), idempotent, wireLog)),
    dueLooks: (channel) => dueLooks(sql, channel),
    recordLook: (delivery, found) => transaction((tx) => recordLook(tx, delivery, found)),
    putOffLook: (delivery) => putOffLook(sql, delivery),
    copies: (postId) => copies(sql, postId),
    cancelledOf: (id, channel) => cancelledOf(sql, id, channel),
    finish,
    retry,
    retryOne,
    replacing,
    edited,
    openCopies: (postId) => openCopies(sql, postId),
    withdrawn,
    withdrawPost,
    endWithdrawal,
    withdrawnSince,
    async withdrawnAmong(posts, channels, tx?: Sql) {
      if (tx) await holdWithdrawals(tx, "others");
      return withdrawnAmong(tx ?? sql, posts, channels);
    },
    async editionsWith(post, tx?: Sql) {
      if (tx) await holdWithdrawals(tx, "mine");
      return editionsWith(tx ?? sql, post);
    },
    report: (postId) => report(sql, postId),
    workedChannels: () => workedChannels(sql),
    campaigns: (id) => campaigns(sql, id),
    audit: (id) => audit(sql, id),
    auditedDeliveries: (id) => auditedDeliveries(sql, id),
  };
}
