/** A site as it is after some weeks of work, with something on every page of the console. For pictures and for checks of all pages. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type App, channelsNamed, openApp, openSite } from "#app.ts";
import type { Role } from "#core/people/permission.ts";
import { perform } from "#desk/act.ts";
import { pauseCampaign } from "#desk/campaigns/control.ts";
import { runJob } from "#desk/jobs/run.ts";
import { addPerson } from "#desk/people/people.ts";
import { createToken } from "#desk/people/tokens.ts";
import { makePlan } from "#desk/posts/plans.ts";
import { publishPosts } from "#desk/posts/publish.ts";
import { suppressAddress } from "#desk/readers/suppress.ts";
import { operator, signInLink } from "./sign-in-link.ts";
import { openSink } from "./sink.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

export interface SampleSite extends AsyncDisposable {
  url: string;
  app: App;
  /** The id of a campaign with refusals and doubts. */
  campaign: string;
  /** The id of an uncertain delivery. */
  uncertain: string;
  /** The id of the reader ada@example.org. */
  reader: string;
  /** An address that signs a person in, once. */
  linkFor(name: string, role?: Role): Promise<string>;
}

/** @param readers - how many are on the list `everyone` */
export async function openSampleSite(readers = 300): Promise<SampleSite> {
  await using opening = new AsyncDisposableStack();
  const dir = mkdtempSync(join(tmpdir(), "postrider-sample-"));
  opening.defer(() => rmSync(dir, { recursive: true, force: true }));
  const refused = ["gone@outlook.example", "away@outlook.example", "full@mail.example"];
  const lost = ["grace@outlook.example"];
  const sink = opening.use(await openSink({ unknown: refused, lost }));
  const hooks = await closedReceiver();
  writeSite(dir, sink.url, hooks);
  const site = await openSite({ config: join(dir, "postrider.yaml"), data: join(dir, ".postrider"), log: silent });
  const channels = channelsNamed(site);
  const app = opening.use(await openApp(site, channels));
  opening.use(await app.startWorkers(channels, new AbortController().signal));
  const { url } = opening.use(await app.startServer(channels, { host: "127.0.0.1", port: 0 }));
  await fill(app, dir, readers, [...refused, ...lost]);
  const { campaign, uncertain } = await outcome(app);
  const { items } = await app.desk.listings.readers.page({ address: "ada@example.org" }, { after: null, limit: 1 });
  const opened = opening.move();
  return {
    ...{ url, app, campaign, uncertain, reader: items[0]?.id ?? "" },
    linkFor: (name, role) => signInLink(app, url, name, role),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

function writeSite(dir: string, relay: string, hooks: string): void {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  write(
    "postrider.yaml",
    `site:
  title: The Farhaven Almanac
  url: https://example.org
  description: Tides, weather and small news from the harbour, every week.
  timezone: Europe/London
  postalAddress: 1 Lighthouse Road, Farhaven 12345
content: { dir: content/posts, preset: plain, permalink: "/blog/:file/" }
server: { url: "https://news.example.org" }
lists:
  everyone: { title: Every post, archive: public }
  weekly: { title: The weekly letter, archive: public }
segments: { nearby: 'city = "Farhaven"' }
webhooks: [{ url: "${hooks}", events: [publication.finished, campaign.finished], secret: "whsec_${Buffer.alloc(24, 7).toString("base64")}", private: true }]
channels:
  newsletter: { adapter: smtp, url: "${relay}", from: "The Farhaven Almanac <news@example.org>", list: everyone, pace: { perSecond: 500, domains: { outlook.example: { perMinute: 600 } } } }
  weekly: { adapter: smtp, url: "${relay}", from: "The Farhaven Almanac <news@example.org>", list: weekly, approval: other }
  feed: { adapter: rss, out: public }
  social: { adapter: outbox, dir: outbox }
`,
  );
  for (const [name, title, date, more] of posts) write(`content/posts/${name}.md`, sample(title, date, more));
  write(
    "jobs/weekly-digest.yaml",
    `kind: campaign
description: Friday digest of the week's posts
schedule: { when: every friday at 09:00, missed: run-once }
channels: [weekly]
posts: { since: 4000d, limit: 10, order: newest }
subject: "{site}, number {number}: {first}"
review: { to: [editor@example.org], expires: 96h }
`,
  );
  write(
    "jobs/housekeeping.yaml",
    "kind: maintenance\ndescription: Recover unfinished work, rebuild feeds\nschedule: every day at 03:30\ntasks: [sweep, feeds]\n",
  );
}

const posts: readonly (readonly [string, string, string, string])[] = [
  ["tide-table", "How to read the tide table", "2026-09-02", "tags: [harbour]\n"],
  ["lamp", "The lamp keeper’s second notebook", "2026-09-21", "tags: [history]\n"],
  ["ferry", "The winter ferry, and who waits for it", "2026-10-12", "tags: [harbour]\n"],
  ["fog", "Three kinds of fog", "2026-11-04", "tags: [weather]\n"],
  ["herring", "What became of the herring", "2026-11-23", "tags: [history]\n"],
  ["storm", "Notes on the November storm", "2026-11-28", "draft: true\ntags: [weather]\n"],
];

function sample(title: string, date: string, more: string): string {
  return `---
title: ${title}
date: ${date}T08:00:00Z
description: ${title}, told by the people who keep the harbour, in five minutes of reading.
${more}---

The harbour wall is the oldest thing in the village that still has work to do. Every morning somebody walks along it, and writes down what has changed.

## What we saw

The water was **forty centimetres** above the table's figure, and the wind stood in the south-west. [The log](https://example.org/log) has the rest.

## What we did

- We moved the small boats.
- We waited.
`;
}

/** A receiver of webhooks that is switched off. */
async function closedReceiver(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/crm`;
}

async function fill(app: App, dir: string, readers: number, special: readonly string[]): Promise<void> {
  const { desk, subscribers } = app;
  const domains = ["example.org", "outlook.example", "mail.example"];
  const people = Array.from({ length: readers }, (_, at) => ({ address: `reader${at}@${domains[at % 3]}` }));
  const first = [{ address: "ada@example.org", name: "Ada Byron" }, ...special.map((address) => ({ address }))];
  await subscribers.add([...first, ...people], { list: "everyone", source: "form on example.org" });
  await subscribers.add(people.slice(0, Math.ceil(readers / 4)), { list: "weekly", source: "form on example.org" });
  await subscribers.describe("ada@example.org", { city: "Farhaven" });
  await subscribers.unsubscribe("reader3@example.org");
  await perform(
    suppressAddress,
    { address: "ada@example.org", reason: "asked for a pause by letter", list: "weekly" },
    operator,
    desk,
  );
  const publish = async (name: string, at?: Date): Promise<void> => {
    const channels = ["newsletter", "feed", "social"];
    const post = join(dir, "content/posts", `${name}.md`);
    await perform(publishPosts, { posts: [post], channels, ...(at && { at }) }, operator, desk);
  };
  await publish("tide-table");
  await publish("lamp");
  await publish("herring", new Date(Date.now() + 3 * 86_400_000));
  await publish("ferry", new Date(Date.now() + 2 * 86_400_000));
  const [waiting] = (await app.ledger.campaigns()).filter(({ title }) => title.includes("herring"));
  if (waiting)
    await perform(pauseCampaign, { campaign: waiting.id, reason: "the editor wants another look" }, operator, desk);
  await perform(runJob, { job: "weekly-digest" }, operator, desk);
  await perform(addPerson, { person: "bertha", role: "publisher", channels: ["social"] }, operator, desk);
  await perform(addPerson, { person: "charles", role: "viewer" }, operator, desk);
  await perform(createToken, { token: "website", scopes: ["read"] }, operator, desk);
  await perform(makePlan, { posts: [join(dir, "content/posts/fog.md")], channels: ["weekly"] }, operator, desk);
}

async function outcome({ desk }: App): Promise<{ campaign: string; uncertain: string }> {
  for (let tries = 0; tries < 600; tries++) {
    const { items } = await desk.listings.deliveries.page({ state: "uncertain" }, { after: null, limit: 1 });
    const [found] = items;
    if (found) return { campaign: found.campaign, uncertain: found.id };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("no delivery became uncertain");
}
