/** The real application on a backend of the test's choice, with adapters of the test's choice. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type App, openApp, type SiteContext, systemClock } from "#app.ts";
import { readConfiguration } from "#config/site/site.ts";
import { openKnownSince } from "#content/folder/known-since.ts";
import type { Adapter } from "#core/adapter.ts";
import type { Log } from "#core/log.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel, PublicationReport } from "#core/publishing/publication.ts";
import type { Published } from "#core/publishing/publishing.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { packageDir } from "#files/package.ts";
import { publish } from "#pipeline/publishing/publish.ts";
import { waitUntilSettled } from "#pipeline/sending/wait.ts";
import { openRenderer } from "#render/renderer.ts";
import type { Backend } from "./backends.ts";
import { noContent } from "./content.ts";

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

export interface TestApp extends AsyncDisposable {
  app: App;
  site: SiteContext;
  channels: Channel[];
  /** Publishes to all channels. */
  publish(post?: Post): Promise<Published>;
  settled(postId?: string, patienceMs?: number): Promise<PublicationReport>;
}

/**
 * One channel for each adapter, named after it; mail goes to the list `everyone`.
 * @param settings - a line of `postrider.yaml` more for a channel.
 * @param more - what stands at the end of it.
 */
export async function openTestApp(
  backend: Backend,
  adapters: readonly Adapter[],
  settings: Record<string, string> = {},
  environment: Partial<SiteContext["environment"]> = {},
  changes: Partial<SiteContext> = {},
  more = "",
): Promise<TestApp> {
  const file = join(backend.dataDir, "postrider.yaml");
  writeFileSync(file, configuration(adapters, settings) + more);
  const config = await readConfiguration(file, {});
  const site: SiteContext = {
    config,
    environment: {
      ...(backend.databaseUrl && { databaseUrl: backend.databaseUrl }),
      ...(backend.queueUrl && { queueUrl: backend.queueUrl }),
      logLevel: "silent",
      variables: {},
      ...environment,
    },
    dataDir: join(backend.dataDir, "data"),
    content: {
      ...noContent,
      knownSince: openKnownSince(config.content.dir, config.dir),
    },
    renderer: await openRenderer({ templatesDir: join(packageDir, "templates"), site: config.site }),
    adapters: new Map(adapters.map((adapter) => [adapter.name, adapter])),
    clock: systemClock,
    log: silent,
    ...changes,
  };
  const channels = config.channels(site.adapters);
  const app = await openApp(site, channels);
  return {
    app,
    site,
    channels,
    publish: (post = aPost()) => publish({ post, channels, actor: "test", now: new Date() }, app),
    async settled(postId = "hello.md", patienceMs = 200_000) {
      const names = channels.map((channel) => channel.name);
      const ports = { ledger: app.ledger, clock: systemClock };
      const reports = await waitUntilSettled([postId], names, ports, () => {}, AbortSignal.timeout(patienceMs));
      const [report] = reports;
      if (!report) throw new Error(`nothing is known of ${postId}`);
      return report;
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

function configuration(adapters: readonly Adapter[], settings: Record<string, string>): string {
  const channels = adapters.map(({ name, medium }) =>
    [
      `  ${name}:`,
      `    adapter: ${name}`,
      ...(settings[name] ? [`    ${settings[name]}`] : []),
      ...(medium === "email" ? ["    list: everyone", "    from: A Blog <news@example.org>"] : []),
    ].join("\n"),
  );
  return `site: { title: A Blog, url: "https://example.org" }\nserver: { url: "https://news.example.org" }\nchannels:\n${channels.join("\n")}\n`;
}

export function aPost(changes: Partial<Post> = {}): Post {
  return {
    id: "hello.md",
    path: "content/posts/hello.md",
    // Another post says something else.
    revision: sha256(changes.id ?? "hello.md"),
    title: "Hello",
    url: "https://example.org/blog/hello/",
    publishedAt: "2026-01-05T09:00:00.000Z",
    language: "en",
    direction: "ltr",
    authors: [{ name: "Ada" }],
    tags: ["news"],
    summary: { text: "A greeting to everybody who reads this, and to those who don't.", source: "frontmatter" },
    status: "ready",
    body: "Hello, **reader**.\n\nThis is all there is to say today.\n",
    bodyLine: 5,
    diagnostics: [],
    ...changes,
  };
}

/** `reader0@example.org` and so on, confirmed on `everyone`. */
export async function addReaders({ app }: TestApp, number: number): Promise<void> {
  const people = Array.from({ length: number }, (_, index) => ({ address: `reader${index}@example.org` }));
  await app.subscribers.add(people, { list: "everyone", source: "test" });
}
