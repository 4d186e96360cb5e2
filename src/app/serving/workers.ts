/** Starts the workers of a process: a consumer for each queue, the sweep, and the outbox relay. */

import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { type TellPorts, tellAlerts } from "#pipeline/campaigns/tell-operator.ts";
import { type LetterPorts, sweepLetters } from "#pipeline/readers/letters.ts";
import { sweep } from "#pipeline/sending/sweep.ts";
import type { QueueBackend } from "#queue/backend.ts";
import { type Consumer, consume } from "#queue/consume.ts";
import { deliveries, letters, pings, releases } from "#queue/job-queue.ts";
import { openRelay } from "#queue/relay.ts";
import type { Database } from "#store/database/database.ts";
import { fence, fencedError } from "#store/database/fence.ts";
import { registerWorker } from "#store/sending/workers.ts";
import { deliverProcessor } from "#worker/deliver.ts";
import { letterProcessor } from "#worker/letter.ts";
import { pingProcessor } from "#worker/ping.ts";
import { releaseProcessor } from "#worker/release.ts";
import { sharingProcessor } from "#worker/share.ts";
import { hubPorts } from "../feed-desk.ts";
import type { Shares } from "../sending.ts";

/** Half of the 30 seconds within which the work of a killed process on this machine is taken over. */
const sweepEveryMs = 15_000;
/** While one batch is being sent, the next is prepared. */
const batchesAtOnce = 3;
const lettersAtOnce = 4;

export interface WorkerParts {
  database: Database;
  backend: QueueBackend;
  ports: SendingPorts;
  letterPorts: LetterPorts;
  alerts: TellPorts;
  /** Sends messages to webhooks until disposed. */
  openHooks(): AsyncDisposable;
  shares: Shares;
}

const startAgainMs = 5_000;

/**
 * Sends for these channels until disposed. If the others take this process for dead, because it was suspended or its
 * machine was offline, it starts again as a new worker. If a replica takes the place of the database, it starts again
 * once an operator has armed it. @throws PostriderError `conflict` in a copy of the database
 */
export async function startWorkers(
  channels: readonly Channel[],
  abort: AbortSignal,
  parts: WorkerParts,
): Promise<AsyncDisposable> {
  const stop = new AbortController();
  const startAgain = async (): Promise<Started> => {
    let told = "";
    for (;;) {
      try {
        return await startOnce(channels, abort, parts);
      } catch (error) {
        const reason = messageOf(error);
        const hint = error instanceof PostriderError ? error.hint : undefined;
        // A copy waits for the operator, perhaps for hours.
        if (reason !== told)
          parts.ports.log.error("this process can't start sending again", {
            ...{ error: reason, everyMs: startAgainMs },
            ...(hint && { hint }),
          });
        told = reason;
        await sleep(startAgainMs, undefined, { signal: stop.signal });
      }
    }
  };
  const keep = async (first: Started): Promise<void> => {
    for (let current = first; ; current = await startAgain()) {
      await aborted(AbortSignal.any([stop.signal, current.fenced]));
      if (stop.signal.aborted) return current[Symbol.asyncDispose]();
      try {
        await current[Symbol.asyncDispose]();
      } catch (error) {
        parts.ports.log.warn("could not stop sending properly", { error: messageOf(error) });
      }
    }
  };
  const kept = keep(await startOnce(channels, abort, parts));
  kept.catch(() => undefined);
  return {
    async [Symbol.asyncDispose]() {
      stop.abort(new Error("stopping"));
      await kept.catch((error: unknown) => {
        if (!(error instanceof Error && error.name === "AbortError")) throw error;
      });
    },
  };
}

interface Started extends AsyncDisposable {
  /** See `WorkerRegistration`. */
  fenced: AbortSignal;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}

async function startOnce(
  channels: readonly Channel[],
  abort: AbortSignal,
  { database, backend, ports, letterPorts, alerts, shares, openHooks }: WorkerParts,
): Promise<Started> {
  const { log } = ports;
  const fenced = await fence(database);
  if (fenced) throw fencedError(fenced);
  await using starting = new AsyncDisposableStack();
  const names = channels.map(({ name }) => name);
  const worker = starting.use(await registerWorker(database.pool, log, names));
  shares.of = worker.share;
  await sweep(names, ports);
  await sweepLetters(letterPorts);
  await ports.shareLinks();
  // The last to end: what the work of this process has told is then still sent.
  starting.use(openHooks());
  starting.use(openRelay(backend, database.transaction, log));
  const stop = new AbortController();
  const signals = {
    stop: AbortSignal.any([stop.signal, worker.fenced]),
    abort: AbortSignal.any([abort, worker.fenced]),
  };
  const processor = deliverProcessor(worker.id, ports, signals);
  const consumers: Consumer[] = channels.map(({ name, medium }) =>
    consume(
      backend,
      deliveries(name),
      medium === "email" ? processor : sharingProcessor(processor, ports.shareLinks),
      batchesAtOnce,
    ),
  );
  consumers.push(consume(backend, releases, releaseProcessor(ports)));
  consumers.push(consume(backend, letters, letterProcessor(letterPorts, signals.abort), lettersAtOnce));
  consumers.push(consume(backend, pings, pingProcessor(hubPorts(database))));
  // In parallel, because each waits for its current job.
  starting.defer(async () => {
    stop.abort(new Error("stopping"));
    await Promise.all(consumers.map((consumer) => consumer[Symbol.asyncDispose]()));
  });
  const failed = (error: Error) => log.warn("sweep failed", { error: error.message });
  // Alerts must not block sending, because their receiver may be slow.
  let telling = tellAlerts(alerts).catch(failed);
  const timer = setInterval(() => {
    Promise.all([sweep(names, ports), sweepLetters(letterPorts), ports.shareLinks()]).catch(failed);
    telling = telling.then(() => tellAlerts(alerts)).catch(failed);
  }, sweepEveryMs);
  starting.defer(async () => {
    clearInterval(timer);
    await telling;
  });
  const started = starting.move();
  return { fenced: worker.fenced, [Symbol.asyncDispose]: () => started.disposeAsync() };
}
