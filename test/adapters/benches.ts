/** A bench for each adapter: its other side, made to behave. Whoever adds a network adds one. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { loadAdapters } from "#adapters/index.ts";
import { type Bench, type HttpBench, mumbled, openHttpBench } from "#contract/bench.ts";
import { openChannel } from "#contract/samples.ts";
import { type Answer, openScriptedServer } from "#contract/scripted-server.ts";
import { openScriptedPds } from "../support/servers/atproto.ts";
import { openScriptedRelay as openScriptedNostrRelay } from "../support/servers/nostr.ts";
import { openScriptedRelay } from "../support/servers/smtp.ts";
import { freePort } from "../support/start-servers.ts";
import { tempDir } from "../support/temp.ts";

export const adapters = await loadAdapters();

/** @param isMessage - see `HttpBench`. */
function http(
  name: string,
  secret: string,
  answer: HttpBench["answer"],
  settings: HttpBench["settings"],
  isMessage: NonNullable<HttpBench["isMessage"]> = () => true,
): Promise<Bench> {
  return openHttpBench(adapterNamed(name), { secret, answer, settings, isMessage });
}

const telegramSent = '{"ok":true,"result":{"message_id":7,"chat":{"username":"news"}}}';

export const benches: Record<string, () => Promise<Bench>> = {
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
    http("telegram", "12345:s3cret-token", telegramSent, (url, token) => ({ api: url, token, chat: "@news" })),
  discord: () =>
    http(
      "discord",
      "s3cret-token",
      '{"id":"7","channel_id":"8"}',
      (url, token) => ({
        url: `${url}/api/webhooks/1/${token}`,
      }),
      ({ method }) => method === "POST",
    ),
  slack: () => http("slack", "s3cret-token", "ok", (url, token) => ({ url: `${url}/services/T1/B1/${token}` })),
  x: () =>
    http("x", "s3cret-token", '{"data":{"id":"7"}}', (url, secret) => ({
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
    http("mastodon", "s3cret-token", '{"id":"7","url":"https://m.example/@news/7"}', (server, token) => ({
      server,
      token,
    })),
  matrix: () =>
    http("matrix", "s3cret-token", '{"event_id":"$7"}', (server, token) => ({
      server,
      token,
      room: "!r:example.org",
    })),
  linkedin: () =>
    http("linkedin", "s3cret-token", { status: 201, headers: { "x-restli-id": "urn:li:share:7" } }, (api, token) => ({
      author: "urn:li:organization:1",
      token,
      api,
    })),
  threads: () =>
    http(
      "threads",
      "s3cret-token",
      '{"id":"7","status":"FINISHED"}',
      (api, token) => ({ token, api }),
      ({ path }) => path.endsWith("/threads_publish"),
    ),
  reddit: () =>
    http(
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

export function adapterNamed(name: string) {
  const adapter = adapters.get(name);
  if (!adapter) throw new Error(`no adapter "${name}"`);
  return adapter;
}
