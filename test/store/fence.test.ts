/** A promoted standby may lack what was sent last, so it sends nothing until an operator arms it. */

import pg from "pg";
import { expect, inject, it } from "vitest";
import { openDatabase } from "#store/database/database.ts";
import { arm, fence } from "#store/database/fence.ts";
import { silent } from "../support/app.ts";
import { prepare } from "../support/prepared-database.ts";
import { startCrashingPostgres } from "../support/start-servers.ts";
import { tempDir } from "../support/temp.ts";

it.skipIf(!inject("postgresUrl"))(
  "A promoted standby sends nothing until it is armed, from its first moment",
  {
    timeout: 60_000,
  },
  async () => {
    await using servers = new AsyncDisposableStack();
    const start = async (replicaOf?: string) => {
      const server = await startCrashingPostgres({ forTests: true, ...(replicaOf && { replicaOf }) });
      if (!server) throw new Error("PostgreSQL is gone");
      servers.defer(server.stop);
      return server.url;
    };
    const primary = await start();
    await prepare({ url: primary, dataDir: tempDir() });
    {
      await using database = await openDatabase({ url: primary, dataDir: "", connections: 2, log: silent });
      expect(await fence(database)).toBeNull();
    }
    const standby = await start(primary);
    const client = new pg.Client(standby);
    await client.connect();
    await client.query("select pg_promote()");
    await client.end();

    await using database = await openDatabase({ url: standby, dataDir: "", connections: 2, log: silent });
    expect(await fence(database)).toContain("copy");
    expect(await arm(database, "ada")).toBe(true);
    await database.pool.query("checkpoint");
    expect(await fence(database)).toBeNull();
  },
);
