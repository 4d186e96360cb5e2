/** Passkeys in the database, and the challenges that they sign. */

import { PostriderError } from "#core/errors.ts";
import { challengeMinutes, type NewPasskey, type Passkey, type PasskeyBook } from "#core/people/identity.ts";
import type { Person } from "#core/people/person.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "#store/database/database.ts";
import { note } from "#store/readers/suppressions.ts";
import { findIn } from "./people.ts";
import { insertSession } from "./sessions.ts";

const columns = `id, person, public_key as "publicKey", counter::int as counter, transports, created_at as "createdAt",
  last_used_at as "lastUsedAt"`;

export function openPasskeys({ pool, transaction }: Database): PasskeyBook {
  return {
    async list(person) {
      const text = `select ${columns} from postrider.passkey where person = $1 order by created_at, id`;
      return (await pool.query<Passkey>(text, [person])).rows;
    },
    async find(id) {
      const { rows } = await pool.query<Passkey>(`select ${columns} from postrider.passkey where id = $1`, [id]);
      return rows[0] ?? null;
    },
    add: (passkey, actor) => transaction((tx) => add(tx, passkey, actor)),
    remove: (person, id, actor) => transaction((tx) => remove(tx, person, id, actor)),
    open: (id, counter, hash) => transaction((tx) => open(tx, id, counter, hash)),
    async addChallenge(hash) {
      await pool.query("delete from postrider.passkey_challenge where expires_at < now()");
      await pool.query(
        `insert into postrider.passkey_challenge (hash, expires_at) values ($1, now() + interval '${challengeMinutes} minutes')`,
        [hash],
      );
    },
    async useChallenge(hash) {
      const text = "delete from postrider.passkey_challenge where hash = $1 returning expires_at > now() as good";
      return (await pool.query<{ good: boolean }>(text, [hash])).rows[0]?.good ?? false;
    },
  };
}

async function add(tx: Sql, { id, person, publicKey, counter, transports }: NewPasskey, actor: string): Promise<void> {
  if (!(await findIn(tx, person))) throw new PostriderError("not_found", `There is no person "${person}"`);
  const { rowCount } = await tx.query(
    `insert into postrider.passkey (id, person, public_key, counter, transports) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [id, person, Buffer.from(publicKey), counter, transports],
  );
  if (!rowCount) throw new PostriderError("conflict", "This passkey is already in use");
  await note(tx, "passkey.added", actor, { person });
}

async function remove(tx: Sql, person: string, id: string, actor: string): Promise<boolean> {
  const { rowCount } = await tx.query("delete from postrider.passkey where person = $1 and id = $2", [person, id]);
  if (!rowCount) return false;
  await note(tx, "passkey.removed", actor, { person });
  return true;
}

async function open(tx: Sql, id: string, counter: number, sessionHash: string): Promise<Person | null> {
  const { rows } = await tx.query<{ person: string }>(
    `update postrider.passkey set counter = $2, last_used_at = now()
     where id = $1 and (counter < $2 or counter = 0 and $2 = 0) returning person`,
    [id, counter],
  );
  const person = rows[0]?.person;
  if (person === undefined) return null;
  await insertSession(tx, person, sessionHash);
  return findIn(tx, person);
}
