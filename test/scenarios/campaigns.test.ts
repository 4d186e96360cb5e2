/** An operator follows a mailing, holds it, lets it go on, and asks whether the sums add up. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { openSink } from "../support/sink.ts";

interface Campaigns {
  campaigns: { id: string; channel: string; state: string; reason: string | null; counts: Record<string, number> }[];
}

it("pauses, resumes, cancels and audits from the command line", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url), {
    "content/posts/hello.md": post("Hello"),
    "content/posts/more.md": post("More"),
    "readers.csv": readersCsv(30),
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  expect((await site.run("campaigns", "list")).stdout).toContain("No mail has been sent yet");
  await site.run("publish", "content/posts/hello.md", "--detach");
  const [campaign] = (await site.run("campaigns", "list", "--json")).json<Campaigns>().campaigns;
  expect(campaign).toMatchObject({ channel: "newsletter", state: "sending", counts: { pending: 30 } });
  const id = campaign?.id.slice(0, 8) ?? "";

  const paused = await site.run("campaigns", "pause", id, "--reason", "wrong link", "--json");
  expect(paused.json<Campaigns>().campaigns[0]).toMatchObject({ state: "paused", reason: "wrong link" });
  const held = await site.run("publish", "content/posts/hello.md");
  expect(held.status).toBe(1);
  expect(held.stdout).toContain("paused: wrong link");
  expect(sink.accepted.size).toBe(0);
  const unfinished = await site.run("audit", id, "--json");
  expect(unfinished.status).toBe(1);
  expect(unfinished.json()).toMatchObject({ ok: false, channels: [{ open: 30, prepared: 30, candidates: 30 }] });

  await site.run("campaigns", "resume", id);
  expect((await site.run("publish", "content/posts/hello.md")).status).toBe(0);
  expect(sink.accepted.size).toBe(30);
  const audited = await site.run("audit", id, "--export", "rows.jsonl");
  expect(audited.status).toBe(0);
  expect(audited.stdout).toContain("every delivery has exactly one state");
  const rows = readFileSync(join(site.dir, "rows.jsonl"), "utf8").trim().split("\n");
  expect(rows).toHaveLength(30);
  expect(JSON.parse(rows[0] ?? "")).toMatchObject({ state: "accepted", attempts: 1 });
  expect(rows.join()).not.toContain('@example.org"');

  await site.run("publish", "content/posts/more.md", "--detach");
  const [second] = (await site.run("campaigns", "list", "--json")).json<Campaigns>().campaigns;
  const cancelled = await site.run("campaigns", "cancel", second?.id ?? "", "--json");
  expect(cancelled.json<Campaigns>().campaigns[0]).toMatchObject({ state: "cancelled", counts: { cancelled: 30 } });
  expect((await site.run("audit", second?.id ?? "")).status).toBe(0);
  expect((await site.run("campaigns", "resume", second?.id ?? "")).status).toBe(1);
  expect((await site.run("campaigns", "show", "ffffffff")).stderr).toContain("postrider campaigns list");
  expect([...sink.accepted.values()]).toEqual(Array(30).fill(1));
});
