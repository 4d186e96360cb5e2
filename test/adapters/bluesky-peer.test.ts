/** The adapter `bluesky` against a real personal data server. Skipped unless `npm ci` was run in `test/peers`. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import bluesky from "#adapters/bluesky.ts";
import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import { openScriptedServer } from "#contract/scripted-server.ts";
import type { Envelope, Transport } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { mailSite, openTestSite, post } from "../support/cli.ts";
import { countsOf } from "../support/publications.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const installed = existsSync(here("../peers/node_modules/@atproto/dev-env"));

interface Peer {
  url: string;
  identifier: string;
  password: string;
}

interface Listed {
  records: { uri: string; cid: string; value: Record<string, unknown> }[];
}

describe.skipIf(!installed)("A real personal data server", () => {
  let peer: Peer;
  let transport: Transport<"note">;
  let close = async (): Promise<void> => undefined;

  beforeAll(async () => {
    const child = spawn(process.execPath, [here("../peers/pds.js")], { stdio: ["pipe", "pipe", "inherit"] });
    close = async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    };
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    peer = JSON.parse(line) as Peer;
    transport = await openChannel(bluesky, settings());
  });
  afterAll(() => close());

  const settings = () => ({ service: peer.url, identifier: peer.identifier, password: peer.password });

  const records = async (): Promise<Listed["records"]> => {
    const query = new URLSearchParams({ repo: peer.identifier, collection: "app.bsky.feed.post", limit: "100" });
    const response = await fetch(`${peer.url}/xrpc/com.atproto.repo.listRecords?${query}`);
    return ((await response.json()) as Listed).records;
  };
  const recordOf = async (uri = "") => (await records()).find((record) => record.uri === uri)?.value;
  const note = (subject: string, change: Partial<NoteRendition> = {}): Envelope<"note"> => {
    const envelope = anEnvelope("note", subject);
    return { ...envelope, rendition: { ...envelope.rendition, ...change } };
  };

  it("accepts the credentials, and refuses wrong ones", async () => {
    await transport.check?.(never);
    const wrong = await openChannel(bluesky, { ...settings(), password: "nonsense" });
    const failure = await failureOf(wrong.check?.(never) ?? Promise.resolve());
    expect(failure).toMatchObject({ kind: "permanent", scope: "channel", status: 401 });
  });

  it("takes a post with facets, language and a card with its picture", async () => {
    const png = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
    await using site = await openScriptedServer(() => ({ status: 200, body: png }));
    const text = "Grüße 👨‍👩‍👧 an @lighthouse.test #Hafen https://example.org/blog/hello/";
    const card = { title: "Hallo", description: "Ein Gruß", image: { url: `${site.url}/a.png`, alt: "" } };
    const receipt = await transport.send(note("facets", { text, language: "de-CH", card }), never);
    const record = (await recordOf(receipt.remoteId)) as {
      facets: { index: { byteStart: number; byteEnd: number }; features: { $type: string; did?: string }[] }[];
      embed: { external: object };
    };
    const bytes = Buffer.from(text);
    expect(
      record.facets.map(({ index, features }) => [
        bytes.subarray(index.byteStart, index.byteEnd).toString(),
        features[0]?.$type.split("#")[1],
      ]),
    ).toEqual([
      ["@lighthouse.test", "mention"],
      ["#Hafen", "tag"],
      ["https://example.org/blog/hello/", "link"],
    ]);
    expect(record.facets[0]?.features[0]?.did).toMatch(/^did:plc:/);
    expect(record).toMatchObject({
      text,
      langs: ["de-CH"],
      embed: {
        $type: "app.bsky.embed.external",
        external: {
          uri: "https://example.org/blog/hello/",
          title: "Hallo",
          description: "Ein Gruß",
          thumb: { mimeType: "image/png", size: png.length },
        },
      },
    });
  });

  it("stores one record for a delivery that is sent twice, or five times at once", async () => {
    const before = (await records()).length;
    const first = await transport.send(note("twice"), never);
    expect(await transport.send(note("twice"), never)).toEqual(first);
    await Promise.all(Array.from({ length: 5 }, () => transport.send(note("five"), never)));
    expect(await records()).toHaveLength(before + 2);
  });

  it("finds a post that exists, and reports one that does not", async () => {
    expect(await transport.find?.(note("never sent"), never)).toBeNull();
    const receipt = await transport.send(note("to be found"), never);
    expect(await transport.find?.(note("to be found"), never)).toEqual(receipt);
  });

  it("edits in place, deletes, and deletes again without harm", async () => {
    const receipt = await transport.send(note("edit"), never);
    const created = (await recordOf(receipt.remoteId))?.["createdAt"];
    const edited = await transport.update?.(receipt, note("edit", { text: "Mended" }), never);
    expect(edited?.remoteId).toBe(receipt.remoteId);
    expect(await recordOf(receipt.remoteId)).toMatchObject({ text: "Mended", createdAt: created });
    await transport.retract?.(receipt, never);
    await transport.retract?.(receipt, never);
    expect(await recordOf(receipt.remoteId)).toBeUndefined();
    const failure = await failureOf(transport.update?.(receipt, note("edit"), never) ?? Promise.resolve());
    expect(failure).toMatchObject({ kind: "permanent", code: "gone" });
  });

  it("chains a thread", async () => {
    const receipt = await transport.send(note("thread", { thread: ["Two", "Three"] }), never);
    const [root, two, three] = [receipt, ...(receipt.parts ?? [])].map(({ remoteId }) => remoteId);
    expect(await recordOf(two)).toMatchObject({ reply: { root: { uri: root }, parent: { uri: root } } });
    expect(await recordOf(three)).toMatchObject({ reply: { root: { uri: root }, parent: { uri: two } } });
  });

  it("refuses 301 graphemes, where our own count says 301 too", async () => {
    const family = "👨‍👩‍👧‍👦";
    const long = `${family.repeat(50)}${"e\u0301".repeat(50)}${"日".repeat(201)}`;
    expect(bluesky.measure?.(long)).toBe(301);
    const failure = await failureOf(transport.send(note("long", { text: long }), never));
    expect(failure).toMatchObject({ kind: "permanent", scope: "recipient" });
    await transport.send(note("fits", { text: long.slice(0, -1) }), never);
    expect(bluesky.measure?.(family.repeat(121))).toBeGreaterThan(300);
    expect((await failureOf(transport.send(note("bytes", { text: family.repeat(121) }), never))).status).toBe(400);
    await transport.send(note("bytes fit", { text: family.repeat(120) }), never);
  });

  it("stores one record after kill -9 between the server's answer and the ledger", async () => {
    let kill = (): unknown => undefined;
    let forwarded = 0;
    // Between the two stands a server that passes on what it is given, and lets nobody live to hear the answer.
    await using between = await openScriptedServer(() => "hang");
    between.answer = async ({ method, path, headers, body }) => {
      forwarded += 1;
      const { authorization = "", "content-type": type = "" } = headers;
      const response = await fetch(`${peer.url}${path}`, {
        method,
        headers: { ...(authorization && { authorization }), ...(type && { "content-type": type }) },
        ...(body && { body }),
      });
      const text = await response.text();
      if (path.includes("putRecord")) kill();
      return { status: response.status, headers: { "content-type": "application/json" }, body: text };
    };
    const site = openTestSite(
      mailSite(
        "smtp://127.0.0.1:1",
        `  bluesky: { adapter: bluesky, service: "${between.url}", identifier: "${peer.identifier}", password: "${peer.password}" }\n`,
      ),
      { "content/posts/killed.md": post("Killed") },
    );
    const before = (await records()).length;
    const running = await site.start("publish", "content/posts/killed.md", "--channels", "bluesky");
    kill = () => running.child.kill("SIGKILL");
    expect((await running.finished).status).toBeNull();
    expect(await records()).toHaveLength(before + 1);

    kill = () => undefined;
    const again = await site.run("publish", "content/posts/killed.md", "--channels", "bluesky", "--json");
    expect(again.stderr).not.toContain("error");
    expect(countsOf(again, "bluesky")).toMatchObject({ accepted: 1, uncertain: 0 });
    expect(await records()).toHaveLength(before + 1);
    expect(forwarded).toBeGreaterThan(2);
  });
});
