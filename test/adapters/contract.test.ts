/** One contract for every file in `src/adapters/`: whoever adds a network adds a bench for it here, and gets these for nothing. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { loadAdapters } from "#adapters/index.ts";
import type { Transport } from "#core/adapter.ts";
import type { DeliveryError } from "#core/delivery.ts";
import { openScriptedPds } from "../support/servers/atproto.ts";
import { type Answer, type Asked, openScriptedServer } from "../support/servers/http.ts";
import { openScriptedRelay as openScriptedNostrRelay } from "../support/servers/nostr.ts";
import { openScriptedRelay } from "../support/servers/smtp.ts";
import { freePort } from "../support/start-servers.ts";
import { tempDir } from "../support/temp.ts";
import { anEnvelope, failureOf, never, openChannel } from "./support.ts";

const adapters = await loadAdapters();

/** The other side of an adapter, made to behave. What a medium can't show (a file has no silence) is left out. */
interface Bench extends AsyncDisposable {
  transport: Transport;
  /** What has arrived, as text. */
  arrived(): string[];
  behave?: {
    refuse(): void;
    fail(): void;
    throttle?(): void;
    loseAnswer(): void;
    /** Says yes in words that nobody can read. */
    mumble?(): void;
    hang(): void;
    unreachable(): Promise<Transport>;
  };
  /** Must appear nowhere. */
  secret?: string;
}

/** Of a gateway, for instance, that stands between. */
const mumbled = { status: 200, body: "<html>It works!" };
const telegramSent = '{"ok":true,"result":{"message_id":7,"chat":{"username":"news"}}}';

const benches: Record<string, () => Promise<Bench>> = {
  async smtp() {
    const relay = await openScriptedRelay();
    const secret = "s3cret-pass";
    const settings = {
      url: `smtp://ada:${secret}@127.0.0.1:${relay.port}`,
      from: "A Blog <news@example.org>",
      list: "everyone",
      requireTls: false,
      timeoutSeconds: 1,
    };
    const smtp = adapterNamed("smtp");
    const transport = await openChannel(smtp, settings);
    return {
      transport,
      secret,
      arrived: () => relay.taken,
      behave: {
        refuse: () => Object.assign(relay.script, { RCPT: "550 5.1.1 no such user ada@example.org" }),
        fail: () => Object.assign(relay.script, { RCPT: "451 4.2.0 try later" }),
        loseAnswer: () => Object.assign(relay.script, { body: "drop" }),
        mumble: () => Object.assign(relay.script, { body: "250 \u0000<html>It works!" }),
        hang: () => Object.assign(relay.script, { body: "hang" }),
        unreachable: () => openChannel(smtp, { ...settings, url: `smtp://ada:${secret}@127.0.0.1:1` }),
      },
      [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
    };
  },
  async webhook() {
    const server = await openScriptedServer(() => ({ status: 204 }));
    const secret = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;
    const webhook = adapterNamed("webhook");
    const transport = await openChannel(webhook, { url: server.url, secret });
    return {
      transport,
      secret,
      arrived: () => server.asked.map(({ body }) => body),
      behave: {
        refuse: () => Object.assign(server, { answer: () => ({ status: 422, body: `no: ${secret}` }) }),
        fail: () => Object.assign(server, { answer: () => ({ status: 500 }) }),
        throttle: () => Object.assign(server, { answer: () => ({ status: 429, headers: { "retry-after": "7" } }) }),
        loseAnswer: () => Object.assign(server, { answer: () => "drop" }),
        mumble: () => Object.assign(server, { answer: () => mumbled }),
        hang: () => Object.assign(server, { answer: () => "hang" }),
        unreachable: () => freePort().then((port) => openChannel(webhook, { url: `http://127.0.0.1:${port}`, secret })),
      },
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  },
  telegram: () =>
    openHttpBench("telegram", "12345:s3cret-token", telegramSent, (url, token) => ({ api: url, token, chat: "@news" })),
  discord: () =>
    openHttpBench("discord", "s3cret-token", '{"id":"7","channel_id":"8"}', (url, token) => ({
      url: `${url}/api/webhooks/1/${token}`,
    })),
  slack: () =>
    openHttpBench("slack", "s3cret-token", "ok", (url, token) => ({ url: `${url}/services/T1/B1/${token}` })),
  x: () =>
    openHttpBench("x", "s3cret-token", '{"data":{"id":"7"}}', (url, secret) => ({
      api: url,
      consumerKey: "key",
      consumerSecret: secret,
      accessToken: "token",
      accessSecret: secret,
    })),
  async bluesky() {
    const pds = await openScriptedPds();
    const settings = { identifier: "news.example.org", password: "s3cret-pass" };
    const adapter = adapterNamed("bluesky");
    const writing = (answer: Answer) => () => Object.assign(pds, { onWrite: () => answer });
    return {
      transport: await openChannel(adapter, { ...settings, service: pds.url }),
      secret: settings.password,
      arrived: () => [...pds.records.values()].map((record) => JSON.stringify(record)),
      behave: {
        refuse: writing({ status: 400, body: `no: ${settings.password}` }),
        fail: writing({ status: 500 }),
        throttle: writing({ status: 429, headers: { "retry-after": "7" } }),
        loseAnswer: writing("drop"),
        mumble: writing(mumbled),
        hang: writing("hang"),
        unreachable: () =>
          freePort().then((port) => openChannel(adapter, { ...settings, service: `http://127.0.0.1:${port}` })),
      },
      [Symbol.asyncDispose]: () => pds[Symbol.asyncDispose](),
    };
  },
  mastodon: () =>
    openHttpBench("mastodon", "s3cret-token", '{"id":"7","url":"https://m.example/@news/7"}', (server, token) => ({
      server,
      token,
    })),
  matrix: () =>
    openHttpBench("matrix", "s3cret-token", '{"event_id":"$7"}', (server, token) => ({
      server,
      token,
      room: "!r:example.org",
    })),
  linkedin: () =>
    openHttpBench(
      "linkedin",
      "s3cret-token",
      { status: 201, headers: { "x-restli-id": "urn:li:share:7" } },
      (api, token) => ({ author: "urn:li:organization:1", token, api }),
    ),
  threads: () =>
    openHttpBench(
      "threads",
      "s3cret-token",
      '{"id":"7","status":"FINISHED"}',
      (api, token) => ({ token, api }),
      ({ path }) => path.endsWith("/threads_publish"),
    ),
  reddit: () =>
    openHttpBench(
      "reddit",
      "s3cret-token",
      '{"access_token":"s3cret-token","json":{"data":{"name":"t3_7"}}}',
      (url, refreshToken) => ({
        ...{ subreddit: "news", username: "news", clientId: "id", clientSecret: "secret" },
        ...{ refreshToken, api: url, login: url },
      }),
      ({ path }) => path === "/api/submit",
    ),
  async nostr() {
    const relay = await openScriptedNostrRelay();
    const secret = "7f".repeat(32);
    const saying = (answer: [boolean, string] | "drop" | "hang") => () => {
      relay.onEvent = () => answer;
    };
    const adapter = adapterNamed("nostr");
    return {
      transport: await openChannel(adapter, { key: secret, relays: [relay.url] }),
      secret,
      arrived: () => [...relay.events.values()].map(({ content }) => content),
      behave: {
        refuse: saying([false, "invalid: no"]),
        fail: saying([false, "error: later"]),
        loseAnswer: saying("drop"),
        hang: saying("hang"),
        unreachable: () =>
          freePort().then((port) => openChannel(adapter, { key: secret, relays: [`ws://127.0.0.1:${port}`] })),
      },
      [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
    };
  },
  async outbox() {
    const dir = tempDir();
    const transport = await openChannel(adapterNamed("outbox"), { dir });
    return {
      transport,
      arrived: () => readdirSync(dir).filter((file) => file.endsWith(".txt")),
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
  async rss() {
    const dir = tempDir();
    const transport = await openChannel(adapterNamed("rss"), { out: "public" }, { baseDir: dir });
    return {
      transport,
      arrived: () => readdirSync(join(dir, "public")),
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};

/**
 * The other side of an adapter that speaks over HTTP; its refusal repeats the secret, as careless servers do.
 * @param isMessage - tells the request that counts from those that come before and after it, which are always answered well.
 */
async function openHttpBench(
  name: string,
  secret: string,
  created: string | Exclude<Answer, string>,
  settingsAt: (url: string, secret: string) => unknown,
  isMessage: (asked: Asked) => boolean = () => true,
): Promise<Bench> {
  const good = typeof created === "string" ? { status: 200, body: created } : created;
  const server = await openScriptedServer(() => good);
  const adapter = adapterNamed(name);
  const answering = (answer: Answer) => () => {
    server.answer = (asked) => (isMessage(asked) ? answer : good);
  };
  return {
    transport: await openChannel(adapter, settingsAt(server.url, secret)),
    secret,
    arrived: () => server.asked.filter(isMessage).map(({ body }) => body),
    behave: {
      refuse: answering({ status: 400, body: `no: ${secret}` }),
      fail: answering({ status: 500 }),
      throttle: answering({ status: 429, headers: { "retry-after": "7" } }),
      loseAnswer: answering("drop"),
      mumble: answering(mumbled),
      hang: answering("hang"),
      unreachable: () =>
        freePort().then((port) => openChannel(adapter, settingsAt(`http://127.0.0.1:${port}`, secret))),
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function adapterNamed(name: string) {
  const adapter = adapters.get(name);
  if (!adapter) throw new Error(`no adapter "${name}"`);
  return adapter;
}

it("covers every adapter", () => {
  expect([...adapters.keys()].sort()).toEqual(Object.keys(benches).sort());
});

describe.each(Object.entries(benches))("The adapter %s", (name, openBench) => {
  const { medium, traits } = adapterNamed(name);
  const envelope = anEnvelope(medium);

  it("sends once, and says how it can be found again", async () => {
    await using bench = await openBench();
    const receipt = await bench.transport.send(envelope, never);
    expect(bench.arrived()).toHaveLength(1);
    expect(receipt.remoteId ?? receipt.url ?? receipt.response).toBeTruthy();
  });

  it("has the effect of once when it sends twice, if that is what it claims", async () => {
    await using bench = await openBench();
    await bench.transport.send(envelope, never);
    await bench.transport.send(envelope, never);
    expect(bench.arrived()).toHaveLength(traits.idempotent ? 1 : 2);
  });

  it("refuses settings that it doesn't know", async () => {
    const result = await adapterNamed(name).config["~standard"].validate({ nonsense: true });
    expect(result.issues?.length).toBeGreaterThan(0);
  });

  it("can be disposed of twice", async () => {
    await using bench = await openBench();
    await bench.transport.send(envelope, never);
    await bench.transport[Symbol.asyncDispose]();
    await bench.transport[Symbol.asyncDispose]();
    expect(bench.arrived()).toHaveLength(1);
  });

  it("names a limit for its texts, and counts by it", () => {
    if (medium !== "note") return expect(traits.maxLength).toBeUndefined();
    expect(traits.maxLength).toBeGreaterThan(0);
    const measure = adapterNamed(name).measure;
    expect(measure ? measure("🇩🇪 a") : 3).toBeGreaterThan(0);
  });
});

const remote = Object.entries(benches).filter(([name]) => !["outbox", "rss"].includes(name));

describe.each(remote)("The adapter %s, with a trying other side,", (name, openBench) => {
  const { medium } = adapterNamed(name);
  const envelope = anEnvelope(medium);

  const trying = async (behave: (bench: Bench) => void) => {
    await using bench = await openBench();
    behave(bench);
    const failure = await failureOf(bench.transport.send(envelope, never));
    await bench.transport[Symbol.asyncDispose]();
    if (bench.secret) expect(JSON.stringify(failure)).not.toContain(bench.secret);
    expect(failure.message).not.toContain("ada@example.org");
    return failure;
  };

  it("takes a no as final", async () => {
    expect(await trying((bench) => bench.behave?.refuse())).toMatchObject({ kind: "permanent", scope: "recipient" });
  });

  it("tries again after a failure", async () => {
    expect(await trying((bench) => bench.behave?.fail())).toMatchObject({ kind: "temporary" });
  });

  it("waits as long as it is told to", async () => {
    await using bench = await openBench();
    // Neither of these two names a time.
    if (!bench.behave?.throttle) return expect(["smtp", "nostr"]).toContain(name);
    bench.behave.throttle();
    const failure = await failureOf(bench.transport.send(envelope, never));
    expect(failure).toMatchObject({ kind: "throttled", retryAfter: 7_000 });
  });

  it("does not know what became of what lost its answer", async () => {
    expect(await trying((bench) => bench.behave?.loseAnswer())).toMatchObject({ kind: "uncertain" });
  });

  it("does not take a yes that it can't read for a no", async () => {
    await using bench = await openBench();
    if (!bench.behave?.mumble) return expect(name).toBe("nostr");
    bench.behave.mumble();
    const outcome = await bench.transport.send(envelope, never).then(
      () => "accepted",
      (error: DeliveryError) => error.failure.kind,
    );
    expect(["accepted", "uncertain"]).toContain(outcome);
  });

  it("tries again where nobody answers at all", async () => {
    await using bench = await openBench();
    const transport = await bench.behave?.unreachable();
    const failure = await failureOf(transport?.send(envelope, never) ?? Promise.resolve());
    expect(failure).toMatchObject({ kind: "temporary", scope: "channel" });
    if (bench.secret) expect(JSON.stringify(failure)).not.toContain(bench.secret);
  });

  it("breaks off when it is told to, and admits that it may have arrived", async () => {
    await using bench = await openBench();
    bench.behave?.hang();
    const abort = new AbortController();
    const failing = failureOf(bench.transport.send(envelope, abort.signal));
    await sleep(100);
    const since = Date.now();
    abort.abort();
    expect(await failing).toMatchObject({ kind: "uncertain" });
    expect(Date.now() - since).toBeLessThan(500);
  });

  it("sends nothing once it has been told to stop", async () => {
    await using bench = await openBench();
    const failure = await failureOf(bench.transport.send(envelope, AbortSignal.abort()));
    expect(failure.kind).toBe("temporary");
    expect(bench.arrived()).toEqual([]);
  });
});
