/** What a channel keeps: unreadable in the database, and changed by one at a time. */

import { expect, it } from "vitest";
import rss from "#adapters/rss.ts";
import type { Adapter } from "#core/adapter.ts";
import { openKeep } from "#store/sending/channel-keep.ts";
import { openTestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";

describeOnEveryBackend("What a channel keeps", (open) => {
  it("is encrypted, can't be read by another channel, and needs the same secret", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [rss as unknown as Adapter], { rss: "out: public" });
    const { database } = test.app;
    const keep = openKeep(database, "x", "a secret");
    expect(await keep.read()).toBeNull();
    expect(await keep.change(async () => ({ token: "hunter2" }))).toEqual({ token: "hunter2" });
    expect(await openKeep(database, "x", "a secret").read()).toEqual({ token: "hunter2" });

    const { rows } = await database.pool.query("select encode(sealed, 'escape') as text from postrider.channel_keep");
    expect(rows[0].text).not.toContain("hunter2");
    await expect(openKeep(database, "x", "another").read()).rejects.toThrow(/POSTRIDER_SECRET|can't be read/);
    await database.pool.query("update postrider.channel_keep set channel = 'y'");
    await expect(openKeep(database, "y", "a secret").read()).rejects.toThrow(/can't be read/);
  });

  it("is refreshed once if several workers find it expired at the same time", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [rss as unknown as Adapter], { rss: "out: public" });
    const keep = openKeep(test.app.database, "x", "a secret");
    let refreshed = 0;
    const refresh = () =>
      keep.change(async (kept) => (kept === null ? { token: ++refreshed } : undefined)) as Promise<{ token: number }>;
    const tokens = await Promise.all([refresh(), refresh(), refresh()]);
    expect(tokens).toEqual([{ token: 1 }, { token: 1 }, { token: 1 }]);
  });
});
