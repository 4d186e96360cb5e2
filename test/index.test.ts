/** The library: the example of its guide runs as it is written. */

import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, inject, it } from "vitest";
import * as library from "../src/index.ts";
import { mailSite, openTestSite, post, readersCsv } from "./support/cli.ts";
import { copyCluster } from "./support/prepared-database.ts";
import { openSink } from "./support/sink.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const guide = readFileSync(join(root, "docs/guides/library.md"), "utf8");

it("runs the example of the guide, which plans, publishes and reports the result", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"), {
    "content/posts/hello.md": post("Hello"),
    "readers.csv": readersCsv(2),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  const [, example = ""] = /```ts\n(.*?)```/s.exec(guide) ?? [];
  const file = site.write("example.mts", example);
  mkdirSync(join(site.dir, "node_modules"));
  symlinkSync(root, join(site.dir, "node_modules/postrider"));
  await site.close();
  const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=source", file], { cwd: site.dir });
  expect(stdout).toBe(`[ 'newsletter: send', 'feed: send' ]
Hello to feed: 1 accepted
Hello to newsletter: 2 accepted
`);
  expect([...sink.accepted.values()]).toEqual([1, 1]);
});

it("has every act in the guide, and reports what is wrong with a request", async () => {
  const named = [...guide.matchAll(/`([a-z]\w+)`/g)].map(([, name = ""]) => name);
  const acts = Object.entries(library).filter(([, value]) => typeof value === "object" && "asks" in value);
  expect(acts.map(([name]) => name).filter((name) => !named.includes(name))).toEqual([]);
  expect(acts.length).toBeGreaterThan(15);

  const { dir } = openTestSite(
    "site: { title: T, url: https://example.org, timezone: UTC }\nchannels:\n  feed: { adapter: rss, out: public }\n",
  );
  copyCluster(inject("preparedCluster"), join(dir, ".postrider"));
  await using postrider = await library.openPostrider({ config: join(dir, "postrider.yaml") });
  await expect(postrider.act(library.publishPosts, { posts: [] })).rejects.toMatchObject({ code: "invalid" });
  await expect(postrider.act(library.showCampaign, { campaign: "ffff" })).rejects.toMatchObject({ code: "not_found" });
  expect(await postrider.act(library.status, {})).toEqual({ publications: [], idle: [] });
});
