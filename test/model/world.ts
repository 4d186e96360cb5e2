/** The real application that the commands act on: its ledger and verbs, with posts in memory, a queue and a relay that the test drives, and a clock that it turns. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SiteContext } from "#app.ts";
import type { Job, JobQueue } from "#core/ports/queue.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Post } from "#core/posts/post.ts";
import type { DeliveryState } from "#core/sending/delivery.ts";
import { deliveryKey } from "#core/sending/idempotency.ts";
import { openSharedChannels, type SharedChannels } from "#pipeline/sending/channels.ts";
import { recipientKey } from "#store/database/settings.ts";
import { recipientHasher } from "#store/readers/recipient-hash.ts";
import { openWireLog } from "#store/sending/wire-log.ts";
import { registerWorker } from "#store/sending/workers.ts";
import { openTestApp, silent, type TestApp } from "../support/app.ts";
import type { Backend } from "../support/backends.ts";
import { noContent } from "../support/content.ts";
import { failure, openProbe } from "../support/probe.ts";
import { plainRenderer } from "./plain-renderer.ts";
import { openTurnedClock, type TurnedClock } from "./turned-clock.ts";

/** What the relay does with a reader's mails. `later`: it takes the third try. */
export type Mood = "accepts" | "refuses" | "later";

/** An answer that ended a delivery. */
export interface RawAnswer {
  /** The delivery's. */
  key: string;
  address: string;
  posts: string[];
  said: "accepted" | "refused";
}

/** One channel's part in a publication. */
export interface Generation {
  publicationId: string;
  postId: string;
  generation: number;
}

export interface World extends AsyncDisposable {
  test: TestApp;
  /** Those of the application, with the queue that the test drives. */
  ports: SendingPorts;
  clock: TurnedClock;
  sharedChannels: SharedChannels;
  workerId: string;
  /** By its name below the content folder. */
  files: Map<string, Post>;
  moods: Map<string, Mood>;
  /** What the relay has answered since somebody looked. */
  answers: RawAnswer[];
  /** Called after each answer. */
  onAnswer: () => void;
  /** Takes the jobs off the queue whose time has come. */
  dueJobs(): Job[];
  /** Whether some mails are to be tried again later. */
  isRetrying(): Promise<boolean>;
  hashOf(address: string): string;
  put(post: Post): void;
  remove(file: string): void;
  /** The newest generation of a post. */
  newest(postId: string): Promise<Generation | null>;
  states(publicationId: string): Promise<Map<string, DeliveryState>>;
  /** Tables in which one of these texts stands. */
  tablesWith(texts: readonly string[]): Promise<string[]>;
  /** As it was at first: nobody, nothing, and the real time. */
  reset(): Promise<void>;
}

export const channel = "probe";
const digestJob = `kind: campaign
channels: [${channel}]
posts: { since: 7d }
`;
/** Truncating is slow where little was written; deleting leaves dead rows, which nobody vacuums in an embedded database. */
const runsPerTruncation = 50;

export async function openWorld(backend: Backend): Promise<World> {
  const clock = await openTurnedClock(backend);
  const files = new Map<string, Post>();
  const writtenAt = new Map<string, Date>();
  const moods = new Map<string, Mood>();
  const tries = new Map<string, number>();
  const probe = openProbe({}, 1);
  probe.answer = async ({ key, recipient, rendition }) => {
    const mood = moods.get(recipient.address) ?? "accepts";
    const posts = rendition.text.split(" ").filter(Boolean);
    const count = (tries.get(key) ?? 0) + 1;
    tries.set(key, count);
    if (mood === "later" && count % 3 !== 0) throw failure("temporary", "recipient");
    world.answers.push({ key, address: recipient.address, posts, said: mood === "refuses" ? "refused" : "accepted" });
    world.onAnswer();
    if (mood === "refuses") throw failure("permanent", "recipient");
    return { remoteId: key.slice(0, 8) };
  };
  const site = join(backend.dataDir, "site");
  mkdirSync(join(site, "jobs"), { recursive: true });
  writeFileSync(join(site, "jobs", "digest.yaml"), digestJob);
  const content: SiteContext["content"] = {
    ...noContent,
    read: async (path) => ({
      path,
      post: [...files.values()].find((post) => path.endsWith(post.path)) ?? null,
      diagnostics: [],
    }),
    list: async () => [...files.values()].map(({ path }) => path),
    // The file system's own times know nothing of the turned clock.
    knownSince: async ({ fileName = "" }) => writtenAt.get(fileName) ?? null,
  };
  await using opening = new AsyncDisposableStack();
  const test = opening.use(
    await openTestApp(
      { ...backend, dataDir: site },
      [probe.adapter],
      {},
      {},
      {
        ...{ clock, content, dataDir: join(backend.dataDir, "data"), renderer: await plainRenderer() },
      },
    ),
  );
  const { app } = test;
  const { pool } = app.database;
  const posts = test.site.config.content.dir;
  mkdirSync(posts, { recursive: true });
  let queued: { at: number; job: Job }[] = [];
  const queue: JobQueue = {
    async enqueue(_, jobs) {
      queued.push(...jobs.map((job) => ({ at: clock.now().getTime() + (job.delay ?? 0), job })));
    },
    depth: async () => 0,
  };
  const worker = opening.use(await registerWorker(pool, silent, [channel]));
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = 'postrider' or schemaname = 'bullmq' and tablename <> 'meta'`,
  );
  const kept = ["setting", "worker", "list", "migration"].map((name) => new RegExp(`\\.${name}$`));
  const tables = rows.map(({ name }) => name).filter((name) => !kept.some((each) => each.test(name)));
  const deletions = tables.map((name) => `delete from ${name};`).join(" ");
  // What forbids to change the ledger's history is for everybody but these.
  for (const [name, text] of [
    ["clear", deletions],
    ["empty", `truncate ${tables.join(", ")};`],
  ])
    await pool.query(`create function clock.${name}() returns void language plpgsql set session_replication_role = replica
      as $$ begin ${text} end $$`);
  const looks = [...tables, "postrider.list", "postrider.setting"].map(
    (name) => `select '${name}' as name where exists (select from ${name} t where t::text like any($1))`,
  );
  let runs = 0;
  const opened = opening.move();
  const world: World = {
    ...{ test, clock, files, moods, answers: [], onAnswer: () => {}, workerId: worker.id },
    ports: {
      ...app.desk,
      ...{ queue, clock, log: silent, idempotentAdapters: [], isLive: async () => "", networkRate: () => ({}) },
      wireLog: openWireLog(join(backend.dataDir, "wire")),
    },
    sharedChannels: openSharedChannels(new AbortController().signal),
    dueJobs() {
      const now = clock.now().getTime();
      const due = queued.filter(({ at }) => at <= now);
      queued = queued.filter(({ at }) => at > now);
      return due.map(({ job }) => job);
    },
    async isRetrying() {
      const { rowCount } = await pool.query(
        `select from postrider.delivery d join postrider.publication_channel c using (publication_id, channel)
         where d.state = 'retrying' and c.paused_at is null and c.cancelled_at is null limit 1`,
      );
      return rowCount === 1;
    },
    hashOf: recipientHasher(await recipientKey(pool)),
    put(post) {
      files.set(post.id, post);
      if (!writtenAt.has(post.id)) writtenAt.set(post.id, clock.now());
      writeFileSync(join(posts, post.id), "");
    },
    remove(file) {
      files.delete(file);
      writtenAt.delete(file);
      rmSync(join(posts, file), { force: true });
    },
    async newest(postId) {
      const { rows } = await pool.query<Generation>(
        `select publication_id as "publicationId", post_id as "postId", generation from postrider.publication_channel
         where post_id = $1 order by generation desc limit 1`,
        [postId],
      );
      return rows[0] ?? null;
    },
    async states(publicationId) {
      const { rows } = await pool.query<{ recipient: string; state: DeliveryState }>(
        "select recipient, state from postrider.delivery where publication_id = $1",
        [publicationId],
      );
      return new Map(rows.map(({ recipient, state }) => [recipient, state]));
    },
    async tablesWith(texts) {
      const { rows } = await pool.query<{ name: string }>(looks.join(" union all "), [
        texts.map((text) => `%${text}%`),
      ]);
      return rows.map(({ name }) => name);
    },
    async reset() {
      await pool.query(`select clock.${runs++ % runsPerTruncation === 0 ? "empty" : "clear"}()`);
      await clock.set(pool, 0);
      for (const file of [...files.keys()]) world.remove(file);
      for (const map of [moods, tries]) map.clear();
      queued = [];
      world.answers = [];
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
  return world;
}

export function keyOf({ postId, generation }: Generation, recipient: string): string {
  return deliveryKey({ channel, postId, recipient, generation });
}
