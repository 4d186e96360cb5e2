/** Sign-in links and sessions in the database. */

import { PostriderError } from "#core/errors.ts";
import type { Person } from "#core/people/person.ts";
import { idleDays, linkMinutes, type SessionBook, sessionDays } from "#core/people/session.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "#store/database/database.ts";
import { note } from "#store/readers/suppressions.ts";

const ofPerson = `p.name, p.role, p.email, p.channels, p.lists, p.created_by as "createdBy", p.created_at as "createdAt"`;
const isOpen = `s.expires_at > now() and s.seen_at > now() - interval '${idleDays} days'`;

export function openSessions({ pool, transaction }: Database): SessionBook {
  return {
    addLink: (person, hash, actor) => transaction((tx) => addLink(tx, person, hash, actor)),
    open: (linkHash, sessionHash) => transaction((tx) => open(tx, linkHash, sessionHash)),
    find: (hash) => find(pool, hash),
    end: (hash) => transaction((tx) => end(tx, hash)),
    endAll: (person, actor) =>
      transaction(async (tx) => {
        const ended = await endSessions(tx, person);
        await note(tx, "session.ended", actor, { person, sessions: ended });
        return ended;
      }),
  };
}

async function addLink(tx: Sql, person: string, hash: string, actor: string): Promise<void> {
  await tx.query("delete from postrider.sign_in_link where expires_at < now()");
  const { rowCount } = await tx.query(
    `insert into postrider.sign_in_link (hash, person, created_by, expires_at)
     select $2, name, $3, now() + interval '${linkMinutes} minutes' from postrider.person where name = $1`,
    [person, hash, actor],
  );
  if (!rowCount) throw new PostriderError("not_found", `There is no person "${person}"`);
  await note(tx, "person.link", actor, { person });
}

async function open(tx: Sql, linkHash: string, sessionHash: string): Promise<Person | null> {
  // Deleting is what makes it good for one session: of two requests, only one deletes the row.
  const { rows } = await tx.query<Person>(
    `with used as (delete from postrider.sign_in_link where hash = $1 returning person, expires_at)
     select ${ofPerson} from used join postrider.person p on p.name = used.person where used.expires_at > now()`,
    [linkHash],
  );
  const [person] = rows;
  if (!person) return null;
  await insertSession(tx, person.name, sessionHash);
  return person;
}

/** Whoever calls this has made sure who they are. */
export async function insertSession(tx: Sql, person: string, sessionHash: string): Promise<void> {
  await tx.query(`delete from postrider.console_session s where not (${isOpen})`);
  await tx.query(
    `insert into postrider.console_session (hash, person, expires_at)
     values ($1, $2, now() + interval '${sessionDays} days')`,
    [sessionHash, person],
  );
  await note(tx, "session.opened", `console:${person}`, {});
}

async function end(tx: Sql, hash: string): Promise<boolean> {
  const { rows } = await tx.query<{ person: string }>(
    "delete from postrider.console_session where hash = $1 returning person",
    [hash],
  );
  const [ended] = rows;
  if (ended) await note(tx, "session.ended", `console:${ended.person}`, { person: ended.person, sessions: 1 });
  return ended !== undefined;
}

async function find(sql: Sql, hash: string): Promise<Person | null> {
  const { rows } = await sql.query<Person & { stale: boolean }>(
    {
      name: "find-console-session",
      text: `select ${ofPerson}, s.seen_at < now() - interval '1 minute' as stale from postrider.console_session s
      join postrider.person p on p.name = s.person where s.hash = $1 and ${isOpen}`,
    },
    [hash],
  );
  const [row] = rows;
  if (!row) return null;
  const { stale, ...person } = row;
  if (stale) await sql.query("update postrider.console_session set seen_at = now() where hash = $1", [hash]);
  return person;
}

/** Also makes their sign-in links invalid. Returns how many sessions were open. */
export async function endSessions(tx: Sql, person: string): Promise<number> {
  await tx.query("delete from postrider.sign_in_link where person = $1", [person]);
  const { rows } = await tx.query<{ open: boolean }>(
    `delete from postrider.console_session s where person = $1 returning ${isOpen} as open`,
    [person],
  );
  return rows.filter((row) => row.open).length;
}
