/** The adapter `mastodon` against a real server of that API, where MASTODON_SERVER and MASTODON_TOKEN name one. What it posts it deletes. */

import { describe, expect, it } from "vitest";
import mastodon from "#adapters/mastodon.ts";
import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import { openScriptedServer } from "#contract/scripted-server.ts";
import type { Envelope, Transport } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";

const server = process.env["MASTODON_SERVER"];
const token = process.env["MASTODON_TOKEN"] ?? "";
/** A picture of one pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

interface Status {
  content: string;
  language: string;
  spoiler_text: string;
  media_attachments: { description: string }[];
}

describe.skipIf(!server)("A real server of Mastodon's API", () => {
  const run = Date.now();
  const open = (settings: object = {}): Promise<Transport<"note">> =>
    openChannel(mastodon, { server, token, ...settings });
  const note = (name: string, change: Partial<NoteRendition> = {}): Envelope<"note"> => {
    const envelope = anEnvelope("note", `${name} ${run}`);
    const url = `https://example.org/blog/${name}-${run}/`;
    const rendition = { ...envelope.rendition, url, text: `Hello from ${name}\n\n${url}`, ...change };
    return { ...envelope, publishedAt: new Date(run), rendition };
  };
  const look = async (id = ""): Promise<Status> => {
    const response = await fetch(`${server}/api/v1/statuses/${id}`, { headers: { authorization: `Bearer ${token}` } });
    return (await response.json()) as Status;
  };

  it("accepts the credentials, reports its limits, and refuses wrong credentials", async () => {
    const transport = await open();
    await transport.check?.(never);
    expect((await transport.limits?.(never))?.maxLength).toBeGreaterThanOrEqual(500);
    const wrong = await open({ token: "nonsense" });
    expect(await failureOf(wrong.send(note("wrong"), never))).toMatchObject({ kind: "permanent", scope: "channel" });
  });

  it("publishes a post with all parts once, and can find, edit and delete it", async () => {
    await using site = await openScriptedServer(() => ({ status: 200, body: png }));
    const transport = await open({ picture: true, visibility: "public" });
    const full = note("full", {
      language: "de-CH",
      contentWarning: "Salt",
      image: { url: `${site.url}/cover.png`, alt: "A harbour" },
    });
    expect(await transport.find?.(full, never)).toBeNull();
    const receipt = await transport.send(full, never);
    expect((await transport.send(full, never)).remoteId).toBe(receipt.remoteId);
    expect(await look(receipt.remoteId)).toMatchObject({
      language: "de",
      spoiler_text: "Salt",
      media_attachments: [{ description: "A harbour" }],
    });
    expect(await transport.find?.(full, never)).toEqual(receipt);

    const mended = note("full", { text: `Mended ${full.rendition.url}` });
    expect(await transport.update?.(receipt, mended, never)).toEqual(receipt);
    const edited = await look(receipt.remoteId);
    expect(edited).toMatchObject({ spoiler_text: "", media_attachments: [{}] });
    expect(edited.content).toContain("Mended");

    await transport.retract?.(receipt, never);
    await transport.retract?.(receipt, never);
    expect(await transport.find?.(full, never)).toBeNull();
    const failure = await failureOf(transport.update?.(receipt, mended, never) ?? Promise.resolve());
    expect(failure).toMatchObject({ kind: "permanent", code: "gone" });
  });

  it("posts a thread, finds it completely, and deletes it", async () => {
    const transport = await open();
    const url = `https://example.org/blog/thread-${run}/`;
    const thread = note("thread", { text: "One (1/3)", thread: ["Two: <x> & y (2/3)", `Three (3/3)\n\n${url}`] });
    const receipt = await transport.send(thread, never);
    expect(receipt.parts).toHaveLength(2);
    expect(await transport.find?.(thread, never)).toEqual(receipt);
    await transport.retract?.(receipt, never);
    expect(await transport.find?.(thread, never)).toBeNull();
  });
});
