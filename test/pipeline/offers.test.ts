/** What was there before the jobs goes to nobody, whoever looks first. */

import { expect, it } from "vitest";
import { type OfferPorts, offerPost, planOffers, runOffers } from "#pipeline/jobs/offer-posts.ts";
import { seenPosts } from "#store/jobs/seen-posts.ts";
import { aPost, openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openBoard } from "../support/board.ts";

const titled = (title: string) => aPost({ id: `${title}.md`, title, url: `https://example.org/${title}/` });

it("Posts are offered only after the first run, and a post without a job does not count as one", async () => {
  await using backend = await openBackend({});
  const board = openBoard();
  await using test = await openTestApp(backend, [board.adapter]);
  const { app, channels } = test;
  const recorded: string[] = [];
  const ports = (jobs: OfferPorts["jobs"]): OfferPorts => ({
    ...{ ledger: app.ledger, queue: app.queue, seen: seenPosts, jobs, channels },
    leftOut: () => "",
    now: () => new Date("2026-01-10T09:00Z"),
    record: async (_tx, name, outcome) => {
      recorded.push(`${name}: ${outcome}`);
    },
  });
  const job = { name: "new-posts", description: "", kind: "publish" as const, channels: ["board"] };
  const isAnySeen = () => app.database.transaction((tx) => seenPosts.any(tx));
  const run = async (posts: ReturnType<typeof titled>[]) => {
    const settle = await runOffers(posts, ports([job]));
    return app.ledger.transaction(settle);
  };

  // No job yet: nothing is noted, since a first post that counted as seen would stand for a baseline.
  expect(await offerPost(titled("one"), ports([]))).toEqual([]);
  expect(await isAnySeen()).toBe(false);
  const before = [titled("one"), titled("two")];
  expect(await planOffers(before, ports([job]))).toEqual({ baseline: 2, offers: [] });
  expect(await isAnySeen()).toBe(false);

  expect(await run(before)).toMatchObject({ state: "nothing" });
  expect(await app.ledger.report()).toEqual([]);
  expect(await isAnySeen()).toBe(true);
  expect(await run([...before, titled("three")])).toMatchObject({ state: "done", posts: ["three.md"] });
  expect((await app.ledger.report()).map(({ post }) => post)).toEqual(["three.md"]);

  expect(recorded).toEqual(['new-posts: "three" published to board']);

  // With a baseline, what appears while no job wants posts is nobody's.
  expect(await offerPost(titled("four"), ports([]))).toEqual([]);
  expect(await run([titled("four")])).toMatchObject({ state: "nothing" });
});
