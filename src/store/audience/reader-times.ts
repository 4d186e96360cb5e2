/** When the readers of each time zone get an email that is sent by local time. */

import type { Sql } from "#core/ports/transaction.ts";
import type { SendingRules } from "#core/sending/sending.ts";
import { cronTimes } from "#formats/cron.ts";

/** If a reader's time has just passed, the email is sent at once, and not a day later. */
const lateMs = 3_600_000;
/** There are about 600 time zones. More names than this are invented. */
const mostZones = 1_000;

/** Determined once for all zones, before the audience is written. The database would fail on an invalid zone. */
export async function setReaderTimes(tx: Sql, publicationId: string): Promise<void> {
  const { rows } = await tx.query<{ channel: string; list: string; readerTime: SendingRules["readerTime"] | null }>(
    `select channel, list, rules->'readerTime' as "readerTime" from postrider.publication_channel
     where publication_id = $1 and medium = 'email'`,
    [publicationId],
  );
  for (const { channel, list, readerTime } of rows) {
    if (!readerTime) continue;
    const zones = await tx.query<{ zone: string }>(
      `select distinct s.attributes->>'timezone' as zone from postrider.subscriber s
       join postrider.subscription b on b.subscriber_id = s.id
       join postrider.list l on l.id = b.list_id and l.name = $1
       where s.attributes->>'timezone' is not null limit ${mostZones}`,
      [list],
    );
    const now = await tx.query<{ now: Date }>("select now() as now");
    const after = new Date((now.rows[0]?.now ?? new Date()).getTime() - lateMs);
    const due = new Map<string, string>();
    for (const zone of zones.rows.map((row) => row.zone)) {
      const time = nextTime(readerTime.at, zone, after);
      if (time) due.set(zone, time);
    }
    due.set("", nextTime(readerTime.at, readerTime.timezone, after) ?? after.toISOString());
    await tx.query(
      "update postrider.publication_channel set local_due = $3 where publication_id = $1 and channel = $2",
      [publicationId, channel, JSON.stringify(Object.fromEntries(due))],
    );
  }
}

/** `null` for an invalid zone. */
function nextTime(time: string, timezone: string, after: Date): string | null {
  const [hour, minute] = time.split(":").map(Number);
  try {
    return cronTimes(`${minute} ${hour} * * *`, timezone)(after)?.toISOString() ?? null;
  } catch {
    // The time was checked in the configuration, but the zone may be any text from an import.
    return null;
  }
}
