/** Tokens of programs in the database. */

import { PostriderError } from "#core/errors.ts";
import type { ApiToken, NewToken, TokenBook } from "#core/people/api-token.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "#store/database/database.ts";
import { note } from "#store/readers/suppressions.ts";

const columns = `name, scopes, channels, lists, created_by as "createdBy", created_at as "createdAt",
  expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;

export function openTokens({ pool, transaction }: Database): TokenBook {
  return {
    async list() {
      return (await pool.query<ApiToken>(`select ${columns} from postrider.api_token order by id desc`)).rows;
    },
    add: (token, hash, actor) => transaction((tx) => add(tx, token, hash, actor)),
    revoke: (name, actor) => transaction((tx) => revoke(tx, name, actor)),
    use: (hash) => use(pool, hash),
  };
}

async function add(tx: Sql, token: NewToken, hash: string, actor: string): Promise<ApiToken> {
  const { name, scopes, channels, lists, expiresAt } = token;
  const { rows } = await tx.query<ApiToken>(
    `insert into postrider.api_token (name, hash, scopes, channels, lists, expires_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning ${columns}`,
    [name, hash, scopes, channels, lists, expiresAt, actor],
  );
  const [added] = rows;
  if (!added)
    throw new PostriderError("conflict", `There already is a token "${name}"`, {
      hint: "Choose another name, or revoke that token first.",
    });
  // A token of the same name before it: its kept answers are not for this one.
  await tx.query("delete from postrider.request where actor = $1", [`api:${name}`]);
  await note(tx, "token.created", actor, { name, scopes, channels, lists, expiresAt });
  return added;
}

async function revoke(tx: Sql, name: string, actor: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update postrider.api_token set revoked_at = now(), revoked_by = $2 where name = $1 and revoked_at is null",
    [name, actor],
  );
  if (!rowCount) return false;
  await note(tx, "token.revoked", actor, { name });
  return true;
}

async function use(sql: Sql, hash: string): Promise<ApiToken | null> {
  const { rows } = await sql.query<ApiToken & { stale: boolean }>(
    {
      name: "use-api-token",
      text: `select ${columns}, last_used_at is null or last_used_at < now() - interval '1 minute' as stale
      from postrider.api_token where hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
    },
    [hash],
  );
  const [row] = rows;
  if (!row) return null;
  const { stale, ...token } = row;
  // At most one write a minute: a program may ask many times a second.
  if (stale)
    await sql.query(
      `update postrider.api_token set last_used_at = now()
       where hash = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
      [hash],
    );
  return token;
}
