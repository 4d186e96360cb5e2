/** The ledger's functions for posts and publications. */

import type { AudienceLedger, GateLedger, PostLedger, PublicationLedger } from "#core/ports/deciding.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { DatedPost } from "#core/posts/post.ts";
import { dueReleases, freeze, release } from "../audience/audience.ts";
import { keepKnownSince, mayHaveBeenHad } from "../audience/had-marks.ts";
import { hadWarnings } from "../audience/had-warnings.ts";
import { audienceOf, plannedAudience, writtenAudience } from "../audience/planned-audience.ts";
import type { Database } from "../database/database.ts";
import { freeDay, gateOf, keepGate, openGate, renewGate } from "../publications/gates.ts";
import { formerNames, freeId, keepNames, postNamed } from "../publications/post-names.ts";
import { findPost, knownAs, noticed, rememberPost } from "../publications/posts.ts";
import {
  channelNames,
  channelPublication,
  channelsOf,
  createPublication,
  reschedule,
  revise,
} from "../publications/publications.ts";

export interface LedgerPorts {
  /** See `Content.knownSince`. */
  knownSince(post: DatedPost): Promise<Date | null>;
  warn(sentence: string): void;
}

export type DecidingLedger = PostLedger & PublicationLedger & GateLedger & AudienceLedger;

export function openDecidingLedger({ pool: sql }: Database, ports: LedgerPorts): DecidingLedger {
  const aged = async <P extends DatedPost>(among: Sql, post: P): Promise<P> =>
    (await mayHaveBeenHad(among, post)) ? { ...post, knownSince: await ports.knownSince(post) } : post;
  return {
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
    freeDay,
    gateOf: (id) => gateOf(sql, id),
    openGate,
    keepGate: (id, gate, nextInMs) => keepGate(sql, id, gate, nextInMs),
    renewGate,
    audienceOf: async (channel, post) => audienceOf(sql, channel, post && (await aged(sql, post))),
    plannedAudience: async (channel, post) => plannedAudience(sql, channel, post && (await aged(sql, post))),
    writtenAudience,
  };
}
