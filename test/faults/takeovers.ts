/** How long what a killed worker held stays in nobody's hands. */

import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Round } from "./round.ts";
import type { World } from "./world.ts";

export interface Takeovers {
  /** Resolves when the first delivery of a killed process is another's or settled; at once if it had none. */
  watch(round: Pick<Round, "world" | "prompt">, pid: number): Promise<void>;
  /** Resolves when somebody has claimed something; after a while in any case. */
  untilClaimed(world: World): Promise<void>;
  /** Seconds, the shortest first. */
  readonly seconds: readonly number[];
  /** What broke the promise, in a sentence each, since it was last asked for. Resolves when nothing is watched any more. */
  late(): Promise<string[]>;
}

/** Where another worker is there and can see that a process is gone, it takes over within this time. */
export const promisedSeconds = 30;

/** Longer than any of them may take: what is not taken over then is counted with this time. */
const giveUpMs = 150_000;

export function openTakeovers(): Takeovers {
  const seconds: number[] = [];
  const late: string[] = [];
  const running = new Set<Promise<void>>();
  const measure = async ({ world, prompt }: Pick<Round, "world" | "prompt">, pid: number): Promise<void> => {
    const since = performance.now();
    // A statement of the dead process that had reached the database may still take effect there, and is nobody else's.
    await sleep(200);
    const held = await persistently(world, since, (client) => heldBy(client, pid));
    if (!held || held.ids.length === 0) return;
    await persistently(world, since, async (client) => (await anyTaken(client, held)) || null);
    const took = (performance.now() - since) / 1000;
    seconds.push(took);
    seconds.sort((a, b) => a - b);
    if (prompt && took > promisedSeconds)
      late.push(
        `${took.toFixed(1)} s until the first of ${held.ids.length} deliveries of a killed worker was taken over`,
      );
  };
  return {
    seconds,
    watch(round, pid) {
      const watched = measure(round, pid).finally(() => running.delete(watched));
      running.add(watched);
      return watched;
    },
    async untilClaimed(world) {
      const any = "select from postrider.claim limit 1";
      const since = performance.now() - giveUpMs + 5_000;
      await persistently(world, since, async (client) => (await client.query(any)).rowCount || null);
    },
    async late() {
      await Promise.all(running);
      return late.splice(0);
    },
  };
}

interface Held {
  claims: string[];
  ids: string[];
}

async function heldBy(client: pg.Client, pid: number): Promise<Held> {
  const { rows } = await client.query<{ id: string; claim: string }>(
    `select d.id, d.claim from postrider.worker w join postrider.claim k on k.worker_id = w.id
     join postrider.delivery d on d.publication_id = k.publication_id and d.channel = k.channel
       and d.id between k.from_id and k.to_id and d.claim = k.id
     where w.identity->>'pid' = $1 and d.state = 'sending'`,
    [String(pid)],
  );
  return { ids: rows.map(({ id }) => id), claims: [...new Set(rows.map(({ claim }) => claim))] };
}

async function anyTaken(client: pg.Client, { ids, claims }: Held): Promise<boolean> {
  const { rowCount } = await client.query(
    "select from postrider.delivery where id = any($1) and not (state = 'sending' and claim = any($2)) limit 1",
    [ids, claims],
  );
  return Boolean(rowCount);
}

/** Asks until there is an answer, also of a database that is away for a moment; `null` after a long time. */
async function persistently<T>(
  world: World,
  since: number,
  ask: (client: pg.Client) => Promise<T | null>,
): Promise<T | null> {
  while (performance.now() - since < giveUpMs) {
    const client = new pg.Client(world.postgres.url);
    client.on("error", () => undefined);
    try {
      await client.connect();
      for (; performance.now() - since < giveUpMs; await sleep(100)) {
        const answer = await ask(client);
        if (answer !== null) return answer;
      }
    } catch {
      await sleep(200);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return null;
}
