/** A server that answers without end, also packed. */

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { constants, createBrotliCompress, createGzip, type Gzip } from "node:zlib";
import { expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { fetchPicture } from "#adapters/http/picture.ts";
import { request } from "#adapters/http/request.ts";
import { query } from "#adapters/nostr/relay.ts";
import { openLinkCheck } from "#content/checks/dead-links.ts";
import { never } from "#contract/samples.ts";
import { webhookRoutes } from "#http/webhooks/routes.ts";
import { openPictures } from "#images/pictures.ts";
import { openGate } from "#pipeline/publishing/wait-for-page.ts";
import { readOutline } from "#render/markdown/outline.ts";
import { openSes } from "#smtp/carriers/ses.ts";
import { askForWords } from "#writer/ask.ts";
import { aPost } from "../support/app.ts";

interface Endless extends AsyncDisposable {
  url: string;
  /** Megabytes, unpacked, that went into the answers whose readers have left. */
  given: number[];
}

/** Packs noise for as long as somebody takes it: what went in is then about what came out at the other end. */
async function openEndless(encoding: "gzip" | "br", status = 200): Promise<Endless> {
  const given: number[] = [];
  const server = createServer(({ method }, response) => {
    // So that it is asked for the page itself.
    if (method === "HEAD") return void response.writeHead(405).end();
    response.writeHead(status, { "content-encoding": encoding, "content-type": "text/html" });
    const packed =
      encoding === "gzip"
        ? createGzip({ level: 1 })
        : (createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 0 } }) as unknown as Gzip);
    packed.pipe(response);
    const megabyte = randomBytes(1024 * 1024);
    let megabytes = 0;
    const feed = (): void => {
      while (!response.destroyed && megabytes < 2_000) {
        megabytes++;
        if (!packed.write(megabyte)) return void packed.once("drain", feed);
      }
    };
    response.on("close", () => {
      given.push(megabytes);
      packed.destroy();
    });
    feed();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    given,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const topicArn = "arn:aws:sns:eu-west-1:1:bounces";
const notice = {
  ...{ Type: "Notification", MessageId: "m", TopicArn: topicArn, Message: "{}", Timestamp: "", SignatureVersion: "2" },
  ...{ Signature: "", SigningCertURL: "https://sns.eu-west-1.amazonaws.com/x.pem" },
};

/** Everything of ours that reads an answer. @param to - whom it asks instead of who was named */
const readers: Record<string, (url: string, to: typeof fetch) => Promise<unknown>> = {
  "an adapter's request": (url) => request({ fetch, url, method: "POST", body: "{}", signal: never }),
  "a picture for a network": (url) => fetchPicture(fetch, url, 2_000_000, never),
  "a picture for a mail": (_url, to) => {
    const pictures = openPictures({ roots: [], siteUrl: "https://example.org", hosts: ["cdn.example"], fetch: to });
    const url = "https://cdn.example/a.png";
    return pictures.prepare({ source: url, url, postPath: "/nowhere/a.md", width: 560 });
  },
  "the gate before a release": (url) => openGate({ url }, fetch)(aPost({ url: `${url}/post/` })),
  "the check for dead links": (url) =>
    openLinkCheck(readOutline, { send: fetch })(aPost({ body: `[a](${url}/a)` }), never),
  "a language model": (url) =>
    askForWords(
      { url, model: "m", timeoutSeconds: 60 },
      { title: "", summary: "", text: "", language: "en", network: "x", room: 10 },
      fetch,
    ),
  "Amazon's API": (endpoint) =>
    openSes(
      { accessKeyId: "a", secretAccessKey: "s", region: "eu-west-1", endpoint },
      { sender: "a@b.example", forwardsBounces: false, timeoutMs: 60_000, fetch, now: () => new Date() },
    ).check(never),
  "Amazon's certificate": async (_url, to) =>
    webhookRoutes({ settings: { ses: { topicArn } }, fetch: to, now: Date.now, record: async () => undefined }).request(
      "/webhooks/ses",
      { method: "POST", body: JSON.stringify(notice) },
    ),
};

it.each(Object.keys(readers).flatMap((name) => [[name, "gzip", 200] as const, [name, "br", 500] as const]))(
  "%s leaves a packed answer without end: %s, status %i",
  async (name, encoding, status) => {
    await using server = await openEndless(encoding, status);
    const to: typeof fetch = (_input, init) => fetch(server.url, init);
    await readers[name]?.(server.url, to).catch(() => undefined);
    await expect.poll(() => server.given.length, { timeout: 20_000 }).toBeGreaterThan(0);
    // What was read, 25 MB at most, and what the kernel and the packer hold.
    expect(Math.max(...server.given)).toBeLessThan(100);
  },
);

it("A Nostr relay that gives more events than anybody wrote is heard no further", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: true });
  await once(server, "listening");
  server.on("connection", (socket) =>
    socket.on("message", () => {
      const event = { id: "x", kind: 1, created_at: 1, pubkey: "p", content: "y".repeat(1_000) };
      const more = setInterval(() => {
        for (let index = 0; index < 50; index++) socket.send(JSON.stringify(["EVENT", "postrider", event]));
      }, 1);
      socket.on("close", () => clearInterval(more)).on("error", () => undefined);
    }),
  );
  const found = await query(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, { limit: 1 }, never);
  expect(found).toHaveLength(500);
  for (const client of server.clients) client.terminate();
  server.close();
});
