/** Webhooks out: what happens is told once it is committed, and not lost by a crash. */

import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { openBackend } from "../support/backends.ts";
import { mailSite, openTestSite, post, readersCsv, serve } from "../support/cli.ts";
import { hookSecret, openHookReceiver } from "../support/hook-receiver.ts";
import { openSink } from "../support/sink.ts";

const hello = "content/posts/hello.md";
const hook = (url: string, events: string, more = ""): string =>
  `webhooks: [{ url: "${url}", events: [${events}], secret: "\${HOOK_SECRET}", private: true${more} }]\n`;

it("tells a publication, its deliveries and readers, and names a reader only where it is about one", async () => {
  await using sink = await openSink({ unknown: ["reader2@example.org"] });
  await using receiver = await openHookReceiver();
  const events = "publication.created, publication.finished, campaign.finished, delivery.accepted, delivery.refused";
  const site = openTestSite(
    mailSite(sink.url) + hook(receiver.url, `${events}, subscriber.unsubscribed, subscriber.forgotten`),
    { [hello]: post("Hello"), "readers.csv": readersCsv(3) },
    { HOOK_SECRET: hookSecret },
  );
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
  await site.run("publish", hello);
  await site.run("subscribers", "remove", "reader1@example.org", "--list", "everyone");
  await site.run("subscribers", "forget", "reader0@example.org", "--yes");
  expect((await site.run("webhooks", "list")).stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+\/hook +on/);
  // Its workers send what the other commands have told.
  const serving = await serve(site);
  const last = () => receiver.received.some(({ type }) => type === "subscriber.forgotten");
  await expect.poll(last, { timeout: 30_000 }).toBe(true);
  serving.child.kill("SIGTERM");
  await serving.finished;

  const ofType = (type: string) => receiver.received.filter((each) => each.type === type);
  expect(ofType("publication.created")).toMatchObject([
    { data: { post: "hello.md", title: "Hello", channels: ["newsletter"], url: expect.stringContaining("hello") } },
  ]);
  const [created] = ofType("publication.created");
  expect(ofType("publication.finished")).toMatchObject([
    { data: { publication: created?.data.publication, channels: { newsletter: { accepted: 2, refused: 1 } } } },
  ]);
  expect(ofType("campaign.finished")).toMatchObject([{ data: { channel: "newsletter", counts: { accepted: 2 } } }]);
  expect(ofType("delivery.refused")).toMatchObject([
    { data: { channel: "newsletter", deliveries: [expect.stringMatching(/^\d+$/)], failure: expect.any(String) } },
  ]);
  expect(ofType("delivery.accepted").flatMap(({ data }) => data.deliveries)).toHaveLength(2);
  expect(ofType("subscriber.unsubscribed")).toMatchObject([
    { data: { list: "everyone", address: "reader1@example.org" } },
  ]);
  expect(ofType("subscriber.forgotten").map(({ data }) => Object.keys(data))).toEqual([["subscriber"]]);
  const others = receiver.received.filter(({ type }) => !type.startsWith("subscriber."));
  expect(JSON.stringify(others.map(({ body }) => body))).not.toMatch(/reader\d@example/);
});

const server = inject("postgresUrl");

describe.skipIf(!server)("A server that is killed", () => {
  it("between the effect and its message loses none, and the receiver recognises a second one by its id", {
    timeout: 240_000,
  }, async () => {
    await using backend = await openBackend({ postgres: server });
    await using sink = await openSink();
    await using receiver = await openHookReceiver();
    const token = "a-l0ng-t0ken";
    const site = openTestSite(
      mailSite(sink.url) + hook(receiver.url, "publication.created"),
      { [hello]: post("Hello"), "readers.csv": readersCsv(1) },
      { DATABASE_URL: backend.databaseUrl ?? "", POSTRIDER_API_TOKEN: token, HOOK_SECRET: hookSecret },
    );
    await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    await using client = await connect(backend.databaseUrl ?? "");
    const made = async (): Promise<string[]> =>
      (await client.query("select id::text from postrider.publication order by created_at")).rows.map(({ id }) => id);
    // It never answers, so every kill comes before the message has arrived.
    receiver.answer = () => Promise.withResolvers<number>().promise;
    for (let round = 1; round <= 4; round++) {
      const serving = await serve(site);
      const asked = fetch(`${serving.url}/api/v1/posts/hello.md/${round === 1 ? "publications" : "republications"}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(round === 1 ? {} : { mode: "repost", reason: `round ${round}` }),
      }).catch(() => null);
      while ((await made()).length < round);
      // In every second round, the message is on its way.
      if (round % 2 === 0) await expect.poll(() => receiver.asked.length, { timeout: 20_000 }).toBeGreaterThan(0);
      serving.child.kill("SIGKILL");
      await Promise.all([asked, serving.finished]);
    }
    receiver.answer = () => 204;
    // As if the minute for which the killed process had claimed them were over.
    await client.query("update postrider.hook_message set claimed_until = null where state = 'waiting'");
    const serving = await serve(site);
    const told = () => new Map(receiver.received.map(({ id, data }) => [id, data.publication]));
    await expect.poll(() => told().size, { timeout: 60_000 }).toBe(4);
    serving.child.kill("SIGTERM");
    await serving.finished;
    expect([...told().values()].sort()).toEqual((await made()).sort());
    expect(receiver.asked.length).toBeGreaterThan(4);
  });
});

async function connect(url: string): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client(url);
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}
