/** The library: what the command line does, from another program. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { channelsNamed, openApp, openSite, publish, systemClock, waitUntilSettled } from "../src/index.ts";
import { silent } from "./support/app.ts";
import { mailSite, openTestSite, post } from "./support/cli.ts";
import { copyCluster } from "./support/empty-cluster.ts";
import { openSink } from "./support/sink.ts";

it("reads a post, publishes it, and reports the result", async () => {
  await using sink = await openSink();
  const { dir } = openTestSite(mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"), {
    "content/posts/hello.md": post("Hello"),
  });
  copyCluster(inject("emptyCluster"), join(dir, ".postrider"));
  const site = await openSite({ config: join(dir, "postrider.yaml"), log: silent });
  const channels = channelsNamed(site);
  const reading = await site.content.read(join(dir, "content/posts/hello.md"));
  if (!reading.post) throw new Error("the post should be readable");

  await using app = await openApp(site, channels);
  await app.subscribers.add([{ address: "ada@example.org" }], { list: "everyone", source: "test" });
  await using _workers = await app.startWorkers(channels, new AbortController().signal);
  await publish({ post: reading.post, channels, actor: "test", now: new Date() }, app);
  const names = channels.map(({ name }) => name);
  const ports = { ledger: app.ledger, clock: systemClock };
  const [report] = await waitUntilSettled([reading.post.id], names, ports, () => {}, AbortSignal.timeout(30_000));

  expect(report?.channels["newsletter"]?.counts.accepted).toBe(1);
  expect(report?.channels["feed"]?.counts.accepted).toBe(1);
  expect(sink.accepted).toEqual(new Map([["ada@example.org", 1]]));
  expect(readFileSync(join(dir, "public/feed.xml"), "utf8")).toContain("Hello");
});
