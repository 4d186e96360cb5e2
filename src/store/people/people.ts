/** People in the database, with their roles and limits. */

import { PostriderError } from "#core/errors.ts";
import { permissionsOf, type Role } from "#core/people/permission.ts";
import type { NewPerson, PeopleBook, Person, PersonLimits } from "#core/people/person.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "#store/database/database.ts";
import { note } from "#store/readers/suppressions.ts";
import { endSessions } from "./sessions.ts";

const columns = `name, role, email, channels, lists, created_by as "createdBy", created_at as "createdAt"`;

export function openPeople({ pool, transaction }: Database): PeopleBook {
  return {
    async list() {
      return (await pool.query<Person>(`select ${columns} from postrider.person order by created_at, name`)).rows;
    },
    find: (name) => findIn(pool, name),
    add: (person, actor) => transaction((tx) => addIn(tx, person, actor)),
    setRole: (name, role, actor) => transaction((tx) => setRoleIn(tx, name, role, actor)),
    setLimits: (name, limits, actor) => transaction((tx) => setLimits(tx, name, limits, actor)),
    remove: (name, actor) => transaction((tx) => remove(tx, name, actor)),
  };
}

export async function findIn(sql: Sql, name: string): Promise<Person | null> {
  return (await sql.query<Person>(`select ${columns} from postrider.person where name = $1`, [name])).rows[0] ?? null;
}

export async function addIn(
  tx: Sql,
  { name, role, email, channels, lists }: NewPerson,
  actor: string,
): Promise<Person> {
  const { rows } = await tx.query<Person>(
    `insert into postrider.person (name, role, email, channels, lists, created_by) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning ${columns}`,
    [name, role, email, channels, lists, actor],
  );
  const [added] = rows;
  if (!added) {
    const same = await tx.query("select from postrider.person where name = $1", [name]);
    if (same.rows.length > 0)
      throw new PostriderError("conflict", `There already is a person "${name}"`, {
        hint: "`postrider people role` changes a role.",
      });
    throw new PostriderError("conflict", "Another person has this email address");
  }
  await note(tx, "person.added", actor, { name, role, channels, lists });
  return added;
}

export async function setRoleIn(tx: Sql, name: string, role: Role, actor: string): Promise<Role | null> {
  const { rows } = await tx.query<{ role: Role }>("select role from postrider.person where name = $1 for update", [
    name,
  ]);
  const before = rows[0]?.role;
  if (!before) return null;
  if (before === role) return before;
  await tx.query("update postrider.person set role = $2 where name = $1", [name, role]);
  const loses = permissionsOf[before].some((permission) => !permissionsOf[role].includes(permission));
  if (loses) await endSessions(tx, name);
  await note(tx, "person.role", actor, { name, before, role });
  return before;
}

async function setLimits(tx: Sql, name: string, limits: Partial<PersonLimits>, actor: string): Promise<Person | null> {
  const { rows } = await tx.query<Person>(`select ${columns} from postrider.person where name = $1 for update`, [name]);
  const [before] = rows;
  if (!before) return null;
  const { channels, lists } = { ...before, ...limits };
  await tx.query("update postrider.person set channels = $2, lists = $3 where name = $1", [name, channels, lists]);
  if (isLess(before.channels, channels) || isLess(before.lists, lists)) await endSessions(tx, name);
  await note(tx, "person.limits", actor, { name, channels, lists });
  return before;
}

function isLess(before: string[] | null, now: string[] | null): boolean {
  return now !== null && (before === null || before.some((each) => !now.includes(each)));
}

async function remove(tx: Sql, name: string, actor: string): Promise<boolean> {
  const { rowCount } = await tx.query("delete from postrider.person where name = $1", [name]);
  if (!rowCount) return false;
  await note(tx, "person.removed", actor, { name });
  return true;
}
