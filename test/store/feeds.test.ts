/** The stored feed: items by post, identities that never move, bytes that change only with their content. */

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import rss from "#adapters/rss.ts";
import type { Adapter } from "#core/adapter.ts";
import { aPost, openTestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";

const never = new AbortController().signal;
const adapter = rss as unknown as Adapter;

describeOnEveryBackend("A feed", (open) => {
  it("keeps guid and date of an item whose post was changed, and is not written if nothing changed", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [adapter], { rss: "out: public" });
    await using _workers = await test.app.startWorkers(test.channels, never);
    const file = join(backend.dataDir, "public", "feed.xml");
    const guids = (): string[] =>
      [...readFileSync(file, "utf8").matchAll(/<guid[^>]*>([^<]+)/g)].map(([, guid]) => guid ?? "");

    await test.publish();
    await test.settled();
    const [first] = guids();
    expect(first).toMatch(/^urn:uuid:/);
    await test.publish(
      aPost({ id: "later.md", url: "https://example.org/blog/later/", publishedAt: "2026-02-01T09:00:00.000Z" }),
    );
    await test.settled("later.md");
    expect(guids()).toEqual([expect.stringMatching(/^urn:uuid:/), first]);

    const before = { text: readFileSync(file, "utf8"), time: statSync(file).mtimeMs };
    const transport = await test.app.desk.transport("rss");
    const post = aPost();
    const send = async (title: string) =>
      transport.send(
        {
          key: "k",
          publishedAt: new Date(),
          recipient: null,
          rendition: await test.site.renderer.feed({ ...post, title }),
        },
        never,
      );
    await send("Hello");
    expect({ text: readFileSync(file, "utf8"), time: statSync(file).mtimeMs }).toEqual(before);

    await send("Hello, corrected");
    const after = readFileSync(file, "utf8");
    expect(after).toContain("Hello, corrected");
    expect(guids()[1]).toBe(first);
    const built = (text: string): number => Date.parse(/<lastBuildDate>([^<]+)/.exec(text)?.[1] ?? "");
    expect(built(after)).toBeGreaterThan(built(before.text));
  });

  it("is not overwritten by a build that began before the edit", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [adapter], { rss: "out: public" });
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    await test.settled();
    const transport = await test.app.desk.transport("rss");
    const text = () => readFileSync(join(backend.dataDir, "public", "feed.xml"), "utf8");
    const before = await test.site.renderer.feed(aPost());
    await transport.rebuild?.([{ ...before, title: "Hello from elsewhere" }], never);
    expect(text()).toContain("Hello from elsewhere");
    const edited = await test.site.renderer.feed(aPost({ revision: "e".repeat(64), title: "Hello, corrected" }));
    const envelope = { key: "k", publishedAt: new Date(), recipient: null, rendition: edited };
    await transport.update?.({ remoteId: "" }, envelope, never);
    await transport.rebuild?.([before], never);
    expect(text()).toContain("Hello, corrected");
  });

  it("loses no item when several are published at once", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [adapter], { rss: "out: public" });
    const transport = await test.app.desk.transport("rss");
    await test.app.ledger.transaction(async (tx) => {
      for (let index = 0; index < 8; index++)
        await test.app.ledger.rememberPost(
          tx,
          aPost({ id: `p${index}.md`, url: `https://example.org/blog/p${index}/` }),
        );
    });
    await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const post = aPost({ id: `p${index}.md`, url: `https://example.org/blog/p${index}/` });
        const rendition = await test.site.renderer.feed(post);
        return transport.send({ key: `k${index}`, publishedAt: new Date(), recipient: null, rendition }, never);
      }),
    );
    const text = readFileSync(join(backend.dataDir, "public", "feed.xml"), "utf8");
    expect(text.match(/<item>/g)).toHaveLength(8);
  });
});
