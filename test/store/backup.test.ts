/** What is saved on one kind of database comes back on the other, and only whole. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { backup } from "#store/database/backup.ts";
import { migrateIn } from "#store/database/migrate.ts";
import { addReaders, openTestApp } from "../support/app.ts";
import { describeOnEveryBackend, openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const never = new AbortController().signal;

describeOnEveryBackend("A backup", (open) => {
  it("moves into an embedded database: nothing is sent again, nobody is subscribed again, links stay valid", async () => {
    await using from = await open();
    const probe = openProbe();
    const file = join(from.dataDir, "ledger.backup");
    let link: string;
    {
      await using test = await openTestApp(from, [probe.adapter]);
      await addReaders(test, 12);
      await test.app.subscribers.forget("reader3@example.org");
      await using _workers = await test.app.startWorkers(test.channels, never);
      await test.publish();
      await test.settled();
      link = test.app.desk.links("someone", "everyone", "probe").unsubscribeUrl;
      const counts = await test.app.backup(file);
      expect(counts).toMatchObject({ post: 1, subscriber: 11, delivery: 11, suppression: 1 });
    }
    await using to = await openBackend({});
    {
      await using fresh = await openTestApp(to, [probe.adapter]);
      await fresh.app.restore(file);
    }
    await using moved = await openTestApp(to, [probe.adapter]);
    expect(moved.app.desk.links("someone", "everyone", "probe").unsubscribeUrl).toBe(link);
    // The original may still be sending.
    await expect(moved.app.startWorkers(moved.channels, never)).rejects.toMatchObject({ code: "conflict" });
    expect(await moved.app.desk.arm("test")).toBe(true);
    expect(await moved.app.desk.arm("test")).toBe(false);
    await using _workers = await moved.app.startWorkers(moved.channels, never);
    expect(await moved.publish()).toMatchObject({ fresh: [], unchanged: ["probe"] });
    const report = await moved.settled();
    expect(report.channels["probe"]?.counts.accepted).toBe(11);
    expect(probe.calls).toHaveLength(11);
    expect((await moved.app.subscribers.find("reader3@example.org"))?.suppressions).toHaveLength(1);
    // New rows go on after the restored ones; who was forgotten stays out.
    await addReaders(moved, 14);
    expect((await moved.app.subscribers.lists())[0]?.confirmed).toBe(13);
  });

  it("of an earlier version is updated, and one of a newer version is refused", async () => {
    await using earlier = await open();
    const file = join(earlier.dataDir, "ledger.backup");
    {
      await using test = await openTestApp(earlier, [openProbe().adapter]);
      const { database } = test.app;
      await database.transaction(async (tx) => {
        const { rows } = await tx.query<{ name: string }>("select name from postrider.migration order by name");
        await tx.query("drop schema postrider cascade");
        await migrateIn(
          tx,
          // A migration in the middle may be newer than those after it.
          rows.map(({ name }) => name).filter((name) => name < "0100" && name !== "0052_edition_pages"),
        );
        await tx.query(
          "insert into postrider.subscriber (address, normalized, hash) values ('Ada@example.org', 'ada@example.org', 'a')",
        );
      });
      await backup(database, file);
    }
    await using to = await openBackend({});
    await using restored = await openTestApp(to, [openProbe().adapter]);
    const schema = "select name from postrider.migration order by name";
    const { rows: before } = await restored.app.database.pool.query(schema);
    expect(await restored.app.restore(file)).toMatchObject({ subscriber: 1 });
    expect((await restored.app.database.pool.query(schema)).rows).toEqual(before);
    const people = await restored.app.database.pool.query("select address from postrider.subscriber");
    expect(people.rows).toEqual([{ address: "Ada@example.org" }]);

    const lines = gunzipSync(readFileSync(file)).toString().split("\n");
    const header = JSON.parse(lines[0] ?? "") as { migrations: string[] };
    const newer = JSON.stringify({ ...header, migrations: [...header.migrations, "9999_future"] });
    writeFileSync(file, gzipSync([newer, ...lines.slice(1)].join("\n")));
    await using empty = await openBackend({});
    await using other = await openTestApp(empty, [openProbe().adapter]);
    await expect(other.app.restore(file)).rejects.toThrow("9999_future");
  });

  it("is refused if the database is not empty, or if it is incomplete or not a backup", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    await addReaders(test, 1_200);
    const file = join(backend.dataDir, "ledger.backup");
    await test.app.backup(file);
    await expect(test.app.restore(file)).rejects.toMatchObject({ code: "conflict" });

    await using empty = await openBackend({});
    await using to = await openTestApp(empty, [openProbe().adapter]);
    const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split("\n");
    const [first = "", ...rows] = lines;
    const end = rows.pop() ?? "";
    const packed = (...text: string[]): Buffer => gzipSync(`${text.join("\n")}\n`);
    const header = JSON.parse(first) as { migrations: string[] };
    const other = (changes: object): Buffer => packed(JSON.stringify({ ...header, ...changes }), ...rows, end);
    const twice = rows.map((row) =>
      row.startsWith("list ") ? `${row},{"id":2,"name":"b","title":"b","created_at":"2026-05-04"}` : row,
    );
    const broken: [string, Buffer, string][] = [
      ["cut off", readFileSync(file).subarray(0, 2_000), "unexpected end of file"],
      ["without its end", packed(first, ...rows.slice(0, -200)), "is incomplete"],
      ["without some rows", packed(first, ...rows.slice(0, -200), end), "is incomplete"],
      ["with rows after its end", packed(first, ...rows, end, end), "goes on after its last line"],
      ["with an end in the middle", packed(first, "{}", ...rows, end), "damaged line"],
      ["with two rows in one", packed(first, ...twice, end), "damaged row"],
      ["with a row that is no row", packed(first, ...rows, "list []", end), "can't be read"],
      ["with a row of NUL", packed(first, ...rows, 'list {"name":"\\u0000"}', end), "can't be read"],
      ["with an unknown table", packed(first, ...rows, "passwords {}", end), "table that this version does not know"],
      ["with a long row that is cut off", packed(first, `list {"name":"${"x".repeat(20_000_000)}`), "damaged row"],
      ["with a line without an end", packed(first, `list {${" ".repeat(140_000_000)}}`), "longer than a row can be"],
      ["of another format", other({ version: 2 }), "has the format 2. This version reads 1"],
      ["without migrations", other({ migrations: [] }), "list of migrations is empty"],
      ["without its first migration", other({ migrations: header.migrations.slice(1) }), "can't be read"],
      ["with a migration twice", other({ migrations: [...header.migrations, ...header.migrations] }), "repeats one"],
      ["with a number for its migrations", other({ migrations: 5 }), "no list of migrations"],
      ["that begins with null", packed("null"), "not a Postrider backup"],
      ["not ours", packed('{"format":"other"}'), "not a Postrider backup"],
      ["empty", gzipSync(""), "is empty"],
      ["no archive", Buffer.from("hello"), "can't be read"],
    ];
    for (const [title, bytes, said] of broken) {
      writeFileSync(file, bytes);
      const refused = expect.objectContaining({ code: "invalid", message: expect.stringContaining(said) });
      await expect(to.app.restore(file), title).rejects.toEqual(refused);
    }
    expect(await to.app.subscribers.lists()).toEqual([]);
  });

  it("does not send in the database that it was made from, until it is armed", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    await addReaders(test, 2);
    const file = join(backend.dataDir, "ledger.backup");
    {
      await using _workers = await test.app.startWorkers(test.channels, never);
      await test.app.backup(file);
      // It is not in the backup, and would be sent again.
      await test.publish();
      await test.settled();
    }
    await test.app.database.transaction(async (tx) => {
      await tx.query("drop schema postrider cascade");
      await migrateIn(tx);
    });
    await test.app.restore(file);
    expect(await test.app.fence()).toContain("copy");
    expect(await test.app.desk.arm("test")).toBe(true);
    expect(await test.app.fence()).toBeNull();
  });
});
