/** Values that belong to the data and move with it. */

import { randomBytes } from "node:crypto";
import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";

/** The key that signs links, made at the first call. `POSTRIDER_SECRET` takes its place where the database should not hold it. */
export async function linkSecret(sql: Sql): Promise<string> {
  await sql.query("insert into postrider.setting (name, value) values ('link_secret', $1) on conflict do nothing", [
    randomBytes(32).toString("hex"),
  ]);
  return setting(sql, "link_secret");
}

/** Keys the recipients' hashes: the same person has the same hash for as long as this database lives. */
export function recipientKey(sql: Sql): Promise<string> {
  return setting(sql, "recipient_key");
}

async function setting(sql: Sql, name: string): Promise<string> {
  const { rows } = await sql.query<{ value: string }>("select value from postrider.setting where name = $1", [name]);
  if (rows[0]) return rows[0].value;
  throw new PostriderError("internal", `The database has lost its ${name}`, { hint: "Restore a backup." });
}
