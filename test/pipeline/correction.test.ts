/** A correction mail: only on purpose, and only to those who have something to be put right. */

import { expect, it } from "vitest";
import type { Envelope } from "#core/adapter.ts";
import { republish } from "#pipeline/republishing/republish.ts";
import { planRepublication } from "#pipeline/republishing/republish-plan.ts";
import { addReaders, aPost, openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { failure, openProbe } from "../support/probe.ts";

it("is sent to those who got the post, with the correction above it, and is not a revision of the post", async () => {
  await using backend = await openBackend({});
  const probe = openProbe();
  const mails: Envelope<"email">[] = [];
  probe.answer = async (envelope) => {
    if (envelope.recipient.address === "reader1@example.org") throw failure("permanent", "recipient");
    mails.push(envelope);
    return {};
  };
  await using test = await openTestApp(backend, [probe.adapter]);
  await addReaders(test, 3);
  await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
  await test.publish();
  await test.settled();
  await test.app.subscribers.add([{ address: "late@example.org" }], { list: "everyone", source: "test" });
  mails.length = 0;

  const post = aPost({ body: "It is on Friday.", revision: "b".repeat(64) });
  const correction = "It is on **Friday**,\nnot on Thursday.";
  const request = {
    ...({ post, channels: test.channels, mode: "repost", correction, actor: "test", reason: correction } as const),
    signal: AbortSignal.timeout(120_000),
  };
  const plan = await planRepublication(request, test.app.desk);
  expect(plan.steps).toMatchObject([{ action: "send", recipients: 2, again: 2 }]);
  expect(plan.steps[0]?.diff).toEqual(
    expect.arrayContaining([
      "- Hello",
      "+ Correction: Hello",
      "+ It is on Friday.",
      expect.stringContaining("not on Thursday"),
    ]),
  );
  expect(mails).toEqual([]);
  await republish(request, plan, test.app.desk);
  expect((await test.settled()).channels["probe"]?.counts).toMatchObject({ accepted: 2 });
  expect(mails.map(({ recipient }) => recipient.address).sort()).toEqual([
    "reader0@example.org",
    "reader2@example.org",
  ]);
  for (const { rendition } of mails) {
    expect(rendition.subject).toBe("Correction: Hello");
    expect(rendition.text).toMatch(/Friday,[\s\S]*not on Thursday[\s\S]*It is on Friday\./);
    expect(rendition.html).toContain("<strong");
  }
  const { rows } = await test.app.database.pool.query(
    "select reason from postrider.publication order by created_at desc",
  );
  expect(rows[0]).toEqual({ reason: correction });
  // Publishing again is still a no-op.
  expect((await test.publish(post)).fresh).toEqual([]);
});
