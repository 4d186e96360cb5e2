/** The schema: brought up to date by whoever comes first, and never by halves. */

import { expect, it } from "vitest";
import { openDatabase } from "#store/database/database.ts";
import { migrate } from "#store/database/migrate.ts";
import { silent } from "../support/app.ts";
import { type Backend, describeOnEveryBackend } from "../support/backends.ts";

function open(backend: Backend) {
  return openDatabase({
    ...(backend.databaseUrl && { url: backend.databaseUrl }),
    dataDir: `${backend.dataDir}/data`,
    connections: 5,
    log: silent,
  });
}

describeOnEveryBackend("Migrations", (openBackend) => {
  it("are applied once, even if several processes start at the same moment", async () => {
    await using backend = await openBackend({ empty: true });
    await using database = await open(backend);
    const applied = await Promise.all([migrate(database), migrate(database), migrate(database)]);
    expect(applied.map((names) => names.length).toSorted((a, b) => a - b)).toEqual([0, 0, expect.any(Number)]);
    expect(applied.flat()[0]).toMatch(/^0001_/);
    const { rows } = await database.pool.query("select name from postrider.migration order by name");
    expect(rows.map(({ name }) => name)).toEqual(applied.flat());
  });

  it("refuse a database of a newer version, and a file that was changed afterwards", async () => {
    await using backend = await openBackend({ empty: true });
    await using database = await open(backend);
    const [first] = await migrate(database);
    await database.pool.query("update postrider.migration set checksum = 'other' where name = $1", [first]);
    await expect(migrate(database)).rejects.toMatchObject({ code: "conflict", file: `migrations/${first}.sql` });
    await database.pool.query("insert into postrider.migration (name, checksum) values ('9999_future', 'x')");
    await expect(migrate(database)).rejects.toThrow("9999_future");
  });

  it("don't index columns that change with every email, so that PostgreSQL updates a delivery in place", async () => {
    await using backend = await openBackend();
    await using database = await open(backend);
    const { rows } = await database.pool.query<{ column: string }>(
      `select distinct a.attname as column from pg_index i
       join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = i.indexrelid and d.refobjid = i.indrelid
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = d.refobjsubid
       where i.indrelid = 'postrider.delivery'::regclass`,
    );
    const indexed = rows.map(({ column }) => column);
    expect(indexed).toContain("publication_id");
    // `url` is in one, and a mail has none.
    const changing = ["state", "claim", "attempts", "due_at", "intent_at", "settled_at", "updated_at"];
    expect(
      indexed.filter((column) => [...changing, "remote_id", "response", "failure", "parts"].includes(column)),
    ).toEqual([]);
  });
});
