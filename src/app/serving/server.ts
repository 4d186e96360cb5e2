/** Starts the web server with everything that its routes use. */

import type { JobDesk } from "#app/jobs/job-desk.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { version } from "#files/package.ts";
import { openServer, type Server } from "#http/server.ts";
import { openLiveEvents } from "#pipeline/events/live-events.ts";
import type { QueueBackend } from "#queue/backend.ts";
import { checkAnswers, type Database } from "#store/database/database.ts";
import { openEventReader } from "#store/events/event-reader.ts";
import { openFeedLibrary } from "#store/feeds/feed-library.ts";
import { openMeasure } from "#store/sending/measure.ts";
import { openFetch } from "#web/open-fetch.ts";
import type { SiteContext } from "../site.ts";
import { openTrying } from "../trying/open-trying.ts";
import type { BounceDesk } from "./bounces.ts";
import { openConsole } from "./console.ts";
import { openPull } from "./pull.ts";
import { openReaders } from "./readers.ts";
import { openSignIn } from "./sign-in.ts";

export interface ServerParts {
  ports: SendingPorts;
  bounces: BounceDesk;
  jobs: JobDesk;
  desk: DeskPorts;
  secret: string;
}

/** Answers HTTP until disposed. */
export async function startServer(
  site: SiteContext,
  database: Database,
  backend: QueueBackend,
  { ports, bounces, jobs, desk, secret }: ServerParts,
  channels: readonly Channel[],
  listen: { host?: string; port?: number } = {},
): Promise<Server> {
  const { ledger, queue } = ports;
  const { git } = site.config;
  const names = channels.filter(({ medium }) => medium === "feed").map(({ name }) => name);
  await using starting = new AsyncDisposableStack();
  const library = starting.use(await openFeedLibrary(database.pool, names, site.log));
  const live = openLiveEvents(openEventReader(database), (error) =>
    site.log.warn("events could not be read; will try again", { error: error.message }),
  );
  const trying = openTrying(site);
  const pages = openConsole(site, database, desk, live, trying);
  const server = starting.use(
    await openServer(
      { ...site.config.listen, ...listen },
      {
        feeds: { site: site.config.site, ...library },
        health: {
          async ready() {
            await checkAnswers(database);
            await backend.check();
          },
        },
        ...(site.config.metrics && {
          metrics: {
            measure: openMeasure(database.pool),
            // If Redis is down, this would wait for it. The other numbers are available without it.
            queued: async () =>
              (await backend.check().then(
                () => true,
                () => false,
              ))
                ? Promise.all(channels.map(async ({ name }) => ({ channel: name, jobs: await queue.depth(name) })))
                : [],
          },
        }),
        api: {
          ...{ token: site.environment.apiToken ?? null, desk, trying, events: live },
          requestsPerMinute: site.config.requestsPerMinute,
        },
        assistants: {
          token: site.environment.apiToken ?? null,
          ports: { desk, trying },
          ...{ version, log: site.log },
        },
        ...(site.picturesDir && { picturesDir: site.picturesDir }),
        editions: {
          ...{ site: site.config.site, jobs, reviewOf: jobs.reviewOf },
          configuredChannels: desk.configuredChannels,
        },
        ...(git && { git: { ...git, pull: openPull(site.config.content.dir, git.branch, site.log) } }),
        webhooks: {
          settings: site.config.bounces.webhooks,
          fetch: openFetch(),
          now: () => site.clock.now().getTime(),
          record: (report, event) => bounces.reports([report], event),
        },
        readers: await openReaders(site, database, { ledger, queue, secret, library }),
        ...(pages && { console: pages, signIn: openSignIn(site, desk) }),
        log: site.log,
      },
    ),
  );
  // Before the server, which waits for its connections.
  starting.use(live);
  const opened = starting.move();
  return { url: server.url, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
