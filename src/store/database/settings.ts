/** Values that belong to the data, and are moved with it. */

import { randomBytes } from "node:crypto";
import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";

/** The key that signs links, created at the first call. Set `POSTRIDER_SECRET` if the database should not contain it. */
export async function linkSecret(sql: Sql): Promise<string> {
  await sql.query("insert into postrider.setting (name, value) values ('link_secret', $1) on conflict do nothing", [
    randomBytes(32).toString("hex"),
  ]);
  return setting(sql, "link_secret");
}

/** The key of the recipients' hashes. With it, a person always has the same hash in this database. */
export function recipientKey(sql: Sql): Promise<string> {
  return setting(sql, "recipient_key");
}

async function setting(sql: Sql, name: string): Promise<string> {
  const { rows } = await sql.query<{ value: string }>("select value from postrider.setting where name = $1", [name]);
  if (rows[0]) return rows[0].value;
  throw new PostriderError("internal", `The database has lost its ${name}`, { hint: "Restore a backup." });
}
