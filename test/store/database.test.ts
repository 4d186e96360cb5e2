/** Connections that break. */

import { expect, inject, it } from "vitest";
import { openDatabase } from "#store/database/database.ts";
import { silent } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";

const url = inject("postgresUrl");

it.skipIf(!url)("A connection that breaks inside a transaction fails that transaction and nothing else", async () => {
  await using database = await openDatabase({ url: url ?? "", dataDir: "", connections: 3, log: silent });
  const breaking = database.transaction(async (tx) => {
    const { rows } = await tx.query<{ pid: number }>("select pg_backend_pid() as pid");
    await database.pool.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    const look = (): Promise<string> =>
      tx.query("select 1").then(
        () => "whole",
        () => "broken",
      );
    await expect.poll(look, { timeout: 60_000 }).toBe("broken");
    await tx.query("select 1");
  });
  await expect(breaking).rejects.toThrow();
  expect(await database.transaction((tx) => tx.query("select 1 as n"))).toMatchObject({ rows: [{ n: 1 }] });
});

it.skipIf(!url)("A read-only server is refused, because a replica may be out of date", async () => {
  await using backend = await openBackend({ postgres: url });
  const options = { url: backend.databaseUrl ?? "", dataDir: "", connections: 3, log: silent };
  {
    await using database = await openDatabase(options);
    const name = new URL(options.url).pathname.slice(1);
    await database.pool.query(`alter database ${name} set default_transaction_read_only = on`);
  }
  await expect(openDatabase(options)).rejects.toMatchObject({
    code: "invalid",
    hint: expect.stringContaining("primary"),
  });
});

it("A server that does not answer is reported without the password", async () => {
  const options = { url: "postgres://me:s3cret@127.0.0.1:1/x", dataDir: "", connections: 3, log: silent };
  const error = await openDatabase(options).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code: "unavailable" });
  expect(String(error)).not.toContain("s3cret");
});
