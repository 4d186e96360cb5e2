/** A value that is too deep for the engine ends it, with an error: it must not go on without telling errors. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, inject, it, onTestFinished } from "vitest";
import { type Embedded, openEmbedded } from "#store/database/embedded/open.ts";
import { silent } from "../../support/app.ts";
import { copyCluster } from "../../support/prepared-database.ts";

const nested = (depth: number): string => `select length('${"[".repeat(depth)}${"]".repeat(depth)}'::jsonb::text)`;

async function connect({ connection }: Embedded): Promise<pg.Client> {
  const client = new pg.Client(connection);
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

it("Refuses a value that is too deep, or stops; what was committed is there after the next start", async () => {
  const dir = mkdtempSync(join(tmpdir(), "postrider-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  copyCluster(inject("emptyCluster"), dir);
  const told = Promise.withResolvers<string>();
  {
    await using embedded = await openEmbedded(dir, { log: { ...silent, error: told.resolve } });
    const client = await connect(embedded);
    await client.query("create table public.kept (id int)");
    await client.query("insert into public.kept values (1)");
    for (let depth = 10_000; depth <= 160_000; depth *= 2)
      await client.query(nested(depth)).catch((error: unknown) => expect(error).toMatchObject({ code: "54001" }));
    expect((await client.query("select * from public.kept")).rows).toEqual([{ id: 1 }]);
    await expect(client.query(nested(4_000_000))).rejects.toThrow("terminated");
    expect(await told.promise).toContain("has stopped");
  }
  await using again = await openEmbedded(dir, { log: silent });
  const client = await connect(again);
  expect((await client.query("select * from public.kept")).rows).toEqual([{ id: 1 }]);
  await client.end();
});
