/** Somebody whose post or whose server names an address in our own network, to have us ask there. */

import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import { describe, expect, it, onTestFinished } from "vitest";
import linkedin from "#adapters/linkedin.ts";
import mastodon from "#adapters/mastodon.ts";
import { anEnvelope, failureOf, never } from "#contract/samples.ts";
import { type Answer, openScriptedServer } from "#contract/scripted-server.ts";
import type { Adapter, Envelope, Transport } from "#core/adapter.ts";
import { tellHub } from "#pipeline/feeds/tell-hub.ts";
import { isPublic } from "#web/addresses.ts";
import { openFetch, originsIn } from "#web/open-fetch.ts";
import { openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";

const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const picture: Answer = { status: 200, headers: { "content-type": "image/png" }, body: pixel };

/** A service that only this machine should reach. */
const openInside = () => openScriptedServer(() => picture);

async function refusedBy(send: typeof fetch, url: string, init: RequestInit = {}): Promise<string> {
  const error = await send(url, init).then(
    () => new Error("it was answered"),
    (thrown: Error) => thrown,
  );
  return String((error.cause as { code?: string } | undefined)?.code ?? error.message);
}

describe("An address", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "::1",
    "::",
    "fd00::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2001:0:7f00:1::",
    "2002:7f00:1::",
    "224.0.0.1",
    "ff02::1",
    "255.255.255.255",
    "nonsense",
  ])("of this machine, of its network or of a group is private: %s", (ip) => expect(isPublic(ip)).toBe(false));

  it.each(["93.184.215.14", "172.32.0.1", "2606:4700::1111", "::ffff:93.184.215.14"])(
    "of the internet is public: %s",
    (ip) => expect(isPublic(ip)).toBe(true),
  );
});

describe("What somebody else named", () => {
  it("is not asked in a private network, however it is written", async () => {
    await using inside = await openInside();
    const { port } = new URL(inside.url);
    const send = openFetch();
    for (const host of ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]"])
      expect(await refusedBy(send, `http://${host}:${port}/`), host).toBe("PRIVATE_ADDRESS");
    expect(inside.asked).toEqual([]);
  });

  it("is asked there when the operator named the very same scheme, host and port", async () => {
    await using inside = await openInside();
    await using other = await openInside();
    const send = openFetch([`${inside.url}/somewhere`]);
    expect((await send(`${inside.url}/elsewhere`)).status).toBe(200);
    expect(await refusedBy(send, other.url)).toBe("PRIVATE_ADDRESS");
    expect(await refusedBy(send, inside.url.replace("127.0.0.1", "localhost"))).toBe("PRIVATE_ADDRESS");
    expect([inside.asked.length, other.asked.length]).toEqual([1, 0]);
  });

  it("leads by no redirect to where it could not have gone itself", async () => {
    await using inside = await openInside();
    await using named = await openScriptedServer(({ path }) =>
      path === "/end" ? picture : { status: 302, headers: { location: path === "/home" ? "/end" : `${inside.url}/` } },
    );
    const send = openFetch([named.url]);
    expect((await send(`${named.url}/home`)).status).toBe(200);
    expect(await refusedBy(send, `${named.url}/away`)).toBe("PRIVATE_ADDRESS");
    expect(inside.asked).toEqual([]);
  });

  it("is looked up once, and what was judged is what is connected to", async () => {
    await using inside = await openInside();
    const real = dns.lookup;
    onTestFinished(() => {
      Object.assign(dns, { lookup: real });
      syncBuiltinESMExports();
    });
    let answers = 0;
    // At first a public address, for whoever looks before he connects; then ours. TEST-NET-3 belongs to nobody.
    const rebinding = (_name: string, _options: object, done: (error: null, found: dns.LookupAddress[]) => void) =>
      done(null, [{ address: answers++ === 0 ? "203.0.113.1" : "127.0.0.1", family: 4 }]);
    Object.assign(dns, { lookup: rebinding });
    syncBuiltinESMExports();
    const url = `http://rebinding.example:${new URL(inside.url).port}/`;
    await refusedBy(openFetch(), url, { signal: AbortSignal.timeout(1_000) });
    expect(answers).toBe(1);
    expect(await refusedBy(openFetch(), url)).toBe("PRIVATE_ADDRESS");
    expect(inside.asked).toEqual([]);
  });
});

describe("A channel", () => {
  it("names what its settings name, however deep, and nothing that is no address", () => {
    const settings = { url: "https://a.example/x", relays: ["wss://b.example", { api: "http://c.example:81" }], n: 1 };
    expect(originsIn(settings)).toEqual(["https://a.example", "https://b.example", "http://c.example:81"]);
    expect(originsIn({ from: "A Blog <a@b.example>", url: "smtp://d.example", list: null })).toEqual([]);
  });

  async function withChannel(
    adapter: Adapter,
    settings: string,
    work: (transport: Transport<"note">) => Promise<void>,
  ): Promise<void> {
    await using backend = await openBackend({});
    await using test = await openTestApp(backend, [adapter], { [adapter.name]: settings });
    await work((await test.app.desk.transport(adapter.name)) as Transport<"note">);
  }
  const withImage = (url: string): Envelope<"note"> => {
    const envelope = anEnvelope("note");
    const image = { url, alt: "A picture" };
    return {
      ...envelope,
      rendition: { ...envelope.rendition, image, card: { ...envelope.rendition.card, image } },
    };
  };

  it("fetches no picture that a post has inside the network, and posts without it", async () => {
    await using inside = await openInside();
    await using network = await openScriptedServer(({ method, path }) =>
      path === "/moved.png"
        ? { status: 302, headers: { location: `${inside.url}/secret.png` } }
        : { status: 200, body: method === "POST" ? '{"id":"1","url":"https://mastodon.example/1"}' : "{}" },
    );
    const settings = `server: "${network.url}"\n    token: t\n    picture: true`;
    await withChannel(mastodon as Adapter, settings, async (transport) => {
      for (const url of [`${inside.url}/secret.png`, `${network.url}/moved.png`])
        expect(await transport.send(withImage(url), never)).toMatchObject({ remoteId: "1" });
    });
    expect(inside.asked).toEqual([]);
    expect(network.asked.filter(({ path }) => path === "/api/v1/statuses")).toHaveLength(2);
  });

  it("sends nothing where the network's answer points into ours, least of all its token", async () => {
    await using inside = await openInside();
    await using network = await openScriptedServer(({ path }) => {
      if (path === "/picture.png") return picture;
      const value = { uploadUrl: `${inside.url}/upload`, image: "urn:li:image:1" };
      return { status: 200, body: JSON.stringify({ value }) };
    });
    const settings = `author: "urn:li:person:a"\n    token: t\n    api: "${network.url}"`;
    await withChannel(linkedin as Adapter, settings, async (transport) => {
      const failure = await failureOf(transport.send(withImage(`${network.url}/picture.png`), never));
      expect(failure).toMatchObject({ kind: "temporary", code: "PRIVATE_ADDRESS" });
    });
    expect(inside.asked).toEqual([]);
  });
});

it("A hub that points elsewhere is not followed, and counts as not told", async () => {
  await using inside = await openInside();
  await using hub = await openScriptedServer(() => ({ status: 307, headers: { location: inside.url } }));
  const document = { channel: "feed", path: "feed.xml" };
  const ports = {
    untold: async () => [],
    tellOnce: (_document: object, work: (told: never) => Promise<void>) =>
      work({ ...document, hub: hub.url, topic: "https://example.org/feed.xml" } as never),
    send: fetch,
  };
  await expect(tellHub(document, ports, never)).rejects.toThrow("answered 307");
  expect(inside.asked).toEqual([]);
});
