/** People who sign in through an OpenID provider. */

import type { Identity, IdentityBook } from "#core/people/identity.ts";
import { type NewPerson, nameProblem, type Person } from "#core/people/person.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "#store/database/database.ts";
import { note } from "#store/readers/suppressions.ts";
import { addIn, findIn, setRoleIn } from "./people.ts";
import { insertSession } from "./sessions.ts";

export function openIdentities({ transaction }: Database): IdentityBook {
  return { openFor: (identity, hash) => transaction((tx) => openFor(tx, identity, hash)) };
}

async function openFor(tx: Sql, identity: Identity, sessionHash: string): Promise<Person | null> {
  const { issuer, subject, role } = identity;
  // Two first requests at the same time would add two people.
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`${issuer}\n${subject}`]);
  const actor = `openid:${issuer}`;
  const { rows } = await tx.query<{ person: string }>(
    "select person from postrider.person_identity where issuer = $1 and subject = $2",
    [issuer, subject],
  );
  const name = rows[0]?.person ?? (await introduce(tx, identity, actor));
  if (name === null) return null;
  if (role) await setRoleIn(tx, name, role, actor);
  await insertSession(tx, name, sessionHash);
  return findIn(tx, name);
}

/** Their first time. Returns the name of the person; `null`: they may not come in. */
async function introduce(tx: Sql, identity: Identity, actor: string): Promise<string | null> {
  const { issuer, subject, email, role } = identity;
  const known = email === null ? null : await byAddress(tx, email);
  if (!known && !role) return null;
  const nobody: Pick<NewPerson, "channels" | "lists"> = { channels: null, lists: null };
  const name =
    known ??
    (await addIn(tx, { name: await freeName(tx, identity), role: role ?? "viewer", email, ...nobody }, actor)).name;
  await tx.query("insert into postrider.person_identity (issuer, subject, person) values ($1, $2, $3)", [
    ...[issuer, subject, name],
  ]);
  await note(tx, "person.identity", actor, { name, issuer });
  return name;
}

async function byAddress(tx: Sql, email: string): Promise<string | null> {
  const { rows } = await tx.query<{ name: string }>(
    "select name from postrider.person where lower(email) = lower($1)",
    [email],
  );
  return rows[0]?.name ?? null;
}

/** A name says nothing about who somebody is: one that is taken belongs to somebody else. */
async function freeName(tx: Sql, { name, subject }: Identity): Promise<string> {
  const wanted = [name, name.split("@")[0] ?? "", subject].map((each) => each.trim().slice(0, 50));
  const first = wanted.find((each) => nameProblem(each) === "") ?? "somebody";
  for (let number = 1; ; number++) {
    const each = number === 1 ? first : `${first} ${number}`;
    if (!(await findIn(tx, each))) return each;
  }
}
