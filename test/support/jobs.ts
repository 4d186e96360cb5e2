/** The real application with declared jobs, posts in memory, and a clock that the test turns. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SiteContext } from "#app.ts";
import type { Adapter, Envelope } from "#core/adapter.ts";
import type { Post } from "#core/posts/post.ts";
import { aPost, openTestApp, type TestApp } from "./app.ts";
import type { Backend } from "./backends.ts";
import { noContent } from "./content.ts";
import { openProbe, type Probe } from "./probe.ts";

export interface JobTest extends AsyncDisposable {
  test: TestApp;
  probe: Probe;
  /** Every mail that was sent. */
  mails: Envelope<"email">[];
  /** What lies in the content folder; change it as you like. */
  posts: Post[];
  clock: { now: Date };
  write(name: string, text: string): void;
  remove(name: string): void;
}

/** @param jobs - files of `jobs/` by name; @param start - the time at first. */
export async function openJobTest(
  backend: Backend,
  jobs: Record<string, string>,
  start: string,
  {
    settings = {},
    site = {},
    adapters = [],
    environment = {},
  }: {
    settings?: Record<string, string>;
    site?: Partial<SiteContext>;
    adapters?: readonly Adapter[];
    environment?: Partial<SiteContext["environment"]>;
  } = {},
): Promise<JobTest> {
  const clock = { now: new Date(start) };
  const posts: Post[] = [];
  const mails: Envelope<"email">[] = [];
  const probe = openProbe();
  probe.answer = async (envelope) => {
    mails.push(envelope);
    return { remoteId: envelope.key.slice(0, 8) };
  };
  const folder = join(backend.dataDir, "jobs");
  const write = (name: string, text: string): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(jobs)) write(name, text);
  const test = await openTestApp(backend, [probe.adapter, ...adapters], settings, environment, {
    clock: { now: () => new Date(clock.now), sleep: async () => undefined },
    content: {
      ...noContent,
      read: async (path) => ({ path, post: posts.find((post) => path.endsWith(post.path)) ?? null, diagnostics: [] }),
      list: async () => posts.map(({ path }) => path),
    },
    ...site,
  });
  return {
    ...{ test, probe, mails, posts, clock, write },
    remove: (name) => rmSync(join(folder, name)),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

/** A post that is dated, and otherwise as any. */
export function dated(name: string, publishedAt: string, changes: Partial<Post> = {}): Post {
  return aPost({
    ...{
      id: `${name}.md`,
      path: `content/posts/${name}.md`,
      url: `https://example.org/blog/${name}/`,
      title: `About ${name}`,
    },
    ...{ publishedAt: new Date(publishedAt).toISOString(), revision: name.padEnd(64, "0") },
    ...changes,
  });
}
