/** Events as they happen: over HTTP, continued after an interruption, in the order of their commits. */

import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import type { LiveEvent } from "#core/events/event.ts";
import { openLiveEvents } from "#pipeline/events/live-events.ts";
import { summedUp } from "#pipeline/events/sum-up.ts";
import { openEventReader } from "#store/events/event-reader.ts";
import { addReaders, openTestApp, type TestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const token = "a-l0ng-t0ken";
const patient = { timeout: 60_000 };

interface Message {
  id: string | null;
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: each event has other data
  data: any;
}

interface Listening extends AsyncDisposable {
  messages: Message[];
  finished: Promise<void>;
}

/** Reads the stream as a browser does. */
async function listen(url: string, lastEventId?: string): Promise<Listening> {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/v1/events`, {
    headers: { authorization: `Bearer ${token}`, ...(lastEventId !== undefined && { "last-event-id": lastEventId }) },
    signal: abort.signal,
  });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const messages: Message[] = [];
  const read = async (): Promise<void> => {
    let text = "";
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: ?(.*)/s).slice(0, 2)));
        if (fields["data"])
          messages.push({ id: fields["id"] ?? null, event: fields["event"], data: JSON.parse(fields["data"]) });
      }
    }
  };
  const finished = read().catch(() => {});
  return {
    messages,
    finished,
    async [Symbol.asyncDispose]() {
      abort.abort();
      await finished;
    },
  };
}

function acceptedIn(messages: readonly Message[]): number {
  return messages
    .filter(({ event }) => event === "campaign.progress")
    .reduce((sum, { data }) => sum + (data.data.changes.accepted ?? 0), 0);
}

async function openSite(stack: AsyncDisposableStack): Promise<{ test: TestApp; url: string; close(): Promise<void> }> {
  const backend = stack.use(await openBackend({}));
  const test = stack.use(await openTestApp(backend, [openProbe().adapter], {}, { apiToken: token }));
  await addReaders(test, 40);
  const serving = new AsyncDisposableStack();
  const server = serving.use(await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 }));
  stack.use(serving);
  return { test, url: server.url, close: () => serving.disposeAsync() };
}

describe("Events over HTTP", () => {
  it("tell of a publication and its progress; who continues from an id misses nothing and repeats nothing", async () => {
    await using stack = new AsyncDisposableStack();
    const { test, url, close } = await openSite(stack);
    await using first = await listen(url);
    stack.use(await test.app.startWorkers(test.channels, new AbortController().signal));
    await test.publish();
    await test.settled();
    await expect.poll(() => acceptedIn(first.messages), patient).toBe(40);
    const kinds = first.messages.map(({ event }) => event);
    expect(kinds).toContain("publication.created");
    expect(first.messages.filter(({ event }) => event === "campaign.progress").length).toBeLessThan(20);
    expect(JSON.stringify(first.messages)).not.toContain("@example.org");

    const [known] = first.messages.filter(({ id }) => id !== null);
    await using second = await listen(url, known?.id ?? "");
    const after = first.messages.slice(first.messages.indexOf(known as Message) + 1);
    await expect.poll(() => acceptedIn(second.messages), patient).toBe(acceptedIn(after));
    // More may happen while both listen.
    await expect.poll(() => second.messages.at(-1)?.id === first.messages.at(-1)?.id, patient).toBe(true);
    // The server ends the streams, and does not wait for those who listen.
    await close();
    await Promise.all([first.finished, second.finished]);
  });

  it("need a token, and a known form of the id", async () => {
    await using stack = new AsyncDisposableStack();
    const { url, close } = await openSite(stack);
    expect((await fetch(`${url}/api/v1/events`)).status).toBe(401);
    const wrong = await fetch(`${url}/api/v1/events`, {
      headers: { authorization: `Bearer ${token}`, "last-event-id": "x" },
    });
    expect(wrong.status).toBe(400);
    await close();
  });
});

describe.skipIf(!inject("postgresUrl"))("The order of events", () => {
  it("is that of the commits: an event that is committed late is not skipped", async () => {
    await using backend = await openBackend({ postgres: inject("postgresUrl") });
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const reader = openEventReader(test.app.database);
    using live = openLiveEvents(reader, (error) => {
      throw error;
    });
    const start = await reader.newest();
    const seen: LiveEvent[] = [];
    const abort = new AbortController();
    const watching = (async () => {
      for await (const batch of live.watch({ signal: abort.signal, after: start })) seen.push(...batch);
    })();
    const insert = (kind: string) => `insert into postrider.event (kind) values ('${kind}')`;
    const late = new pg.Client(backend.databaseUrl);
    await late.connect();
    await late.query("begin");
    await late.query(insert("job.late"));
    await test.app.database.pool.query(insert("job.early"));
    expect(await reader.after(start, 10)).toEqual([]);
    expect(Number(await reader.newest())).toBeLessThanOrEqual(Number(start));
    await late.query("commit");
    await late.end();
    await expect.poll(() => seen.map(({ kind }) => kind), patient).toEqual(["job.late", "job.early"]);
    abort.abort();
    await watching;
  });
});

describe("What listeners are told", () => {
  it("sums up deliveries by campaign and channel, leaves readers, people and tokens out, and has an id only at the end", () => {
    const common = { at: new Date(0), post: "a", publication: "p", channel: "mail" };
    const told = summedUp([
      { ...common, id: "1", kind: "delivery.created", data: { state: "pending", count: 3 } },
      { ...common, id: "2", kind: "delivery.accepted", data: { count: 2, deliveries: [1, 2] } },
      { ...common, id: "3", kind: "campaign.pause", data: { reason: "a wrong link" } },
      { ...common, id: "4", kind: "suppression.added", data: { hash: "secret" } },
      { ...common, id: "4", kind: "token.created", data: { name: "deploy" } },
      {
        ...common,
        id: "5",
        kind: "delivery.refused",
        data: { from: "sending", failure: { message: "ada@example.org" } },
      },
    ]);
    expect(told).toEqual([
      {
        ...{ ...common, id: null, kind: "campaign.progress" },
        data: { changes: { pending: 3, accepted: 2, refused: 1 } },
      },
      { ...common, id: "5", kind: "campaign.pause", data: { reason: "a wrong link" } },
    ]);
  });
});
