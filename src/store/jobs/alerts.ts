/** Alerts: raised by a trigger on events, and stored until they were sent. */

import { messageOf } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { Alert, AlertBook } from "#core/sending/alert.ts";
import type { Database } from "#store/database/database.ts";

const mostAtOnce = 20;

export function openAlerts({ transaction }: Database, log: Log): AlertBook {
  return {
    async hand(tell) {
      await transaction(async (tx) => {
        await tx.query(
          "delete from postrider.alert a using postrider.event e where e.id = a.event_id and e.at < now() - interval '7 days'",
        );
        const { rows } = await tx.query<Row>(
          `select a.event_id as id, e.kind, e.at, e.channel, e.publication_id as "publicationId", e.data,
             coalesce(r.document->>'title', '') as title
           from postrider.alert a join postrider.event e on e.id = a.event_id
           left join postrider.publication p on p.id = e.publication_id
           left join postrider.revision r on r.post_id = p.post_id and r.hash = p.revision
           where a.due_at <= now() order by a.event_id limit ${mostAtOnce} for update of a skip locked`,
        );
        if (rows.length === 0) return;
        const ids = rows.map(({ id }) => id);
        try {
          await tell(rows.map(alertOf));
          await tx.query("delete from postrider.alert where event_id = any($1)", [ids]);
        } catch (error) {
          log.warn("could not send an alert; will try again", { error: messageOf(error) });
          await tx.query(
            `update postrider.alert set tries = tries + 1, due_at = now() + least(power(2, tries), 60) * interval '1 minute'
             where event_id = any($1)`,
            [ids],
          );
        }
      });
    },
  };
}

interface Row {
  id: string;
  kind: string;
  at: Date;
  channel: string;
  publicationId: string;
  title: string;
  data: Record<string, never>;
}

function alertOf({ kind, at, channel, publicationId, title, data }: Row): Alert {
  if (kind.startsWith("hook."))
    return {
      ...{ kind: "hook", isGone: kind === "hook.off", at, url: data["url"] ?? "", event: data["event"] ?? "" },
      error: data["error"] ?? "",
    };
  const common = { channel, title, publicationId, at };
  if (kind === "channel.stalled") return { ...common, kind: "stalled", message: data["message"] ?? "" };
  if (kind === "campaign.pause") return { ...common, kind: "paused", reason: data["reason"] ?? "" };
  if (kind === "channel.finished")
    return {
      ...common,
      kind: "finished",
      counts: data["counts"] ?? {},
      prepared: Number(data["prepared"]),
      before: data["before"] === null ? null : Number(data["before"]),
    };
  return { ...common, kind: "alarm", what: kind.replace("alarm.", "") };
}
