/** A channel's stored secrets: encrypted, and changed by one worker at a time. */

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Keep } from "#core/adapter.ts";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "#store/database/database.ts";

/** @param secret - the installation's secret, which is needed to read the values again. */
export function openKeep(database: Database, channel: string, secret: string): Keep {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "postrider channel keep", 32));
  return {
    read: () => readKept(database.pool, channel, key),
    change: (change) =>
      database.transaction(async (tx) => {
        await tx.query("select pg_advisory_xact_lock(hashtextextended('postrider.channel_keep:' || $1, 0))", [channel]);
        const kept = await readKept(tx, channel, key);
        const next = await change(kept);
        if (next === undefined) return kept;
        await tx.query(
          `insert into postrider.channel_keep (channel, sealed) values ($1, $2)
           on conflict (channel) do update set sealed = excluded.sealed, updated_at = now()`,
          [channel, seal(next, channel, key)],
        );
        return next;
      }),
  };
}

async function readKept(sql: Sql, channel: string, key: Buffer): Promise<unknown> {
  const { rows } = await sql.query<{ sealed: Buffer }>("select sealed from postrider.channel_keep where channel = $1", [
    channel,
  ]);
  return rows[0] ? unseal(rows[0].sealed, channel, key) : null;
}

const nonceBytes = 12;
const tagBytes = 16;

/** Nonce, tag, text. The channel's name is authenticated too, so a value can't be moved to another channel. */
function seal(value: unknown, channel: string, key: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(channel));
  const text = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

function unseal(sealed: Buffer, channel: string, key: Buffer): unknown {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceBytes))
    .setAAD(Buffer.from(channel))
    .setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    const text = Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
    return JSON.parse(text.toString("utf8")) as unknown;
  } catch (cause) {
    throw new PostriderError(
      "unavailable",
      `The stored login of the channel "${channel}" can't be read: ${messageOf(cause)}`,
      {
        hint: "Set POSTRIDER_SECRET to the value it had when this was stored. Otherwise log in to the network again.",
        cause,
      },
    );
  }
}
