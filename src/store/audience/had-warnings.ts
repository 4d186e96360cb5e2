/** Warns the operator when a publication leaves out readers who already received the post from another service. */

import type { Sql } from "#core/ports/transaction.ts";
import { hadSentence } from "#core/publishing/had-elsewhere.ts";
import { plannedAudience } from "./planned-audience.ts";

interface FirstMail {
  channel: string;
  adapter: string;
  list: string;
  segment: string | null;
  id: string;
  publishedAt: Date;
  knownSince: Date | null;
  title: string;
  path: string;
}

/** One sentence for each channel and import. Called after the audience is determined and before it is written. */
export async function hadWarnings(sql: Sql, publicationId: string): Promise<string[]> {
  const { rows } = await sql.query<FirstMail>(
    `select c.channel, c.adapter, coalesce(c.list, '') as list, c.rules->>'segment' as segment, t.id,
       t.published_at as "publishedAt", t.known_since as "knownSince", t.title, r.document->>'path' as path
     from postrider.publication_channel c join postrider.publication p on p.id = c.publication_id
     join postrider.post t on t.id = p.post_id
     join postrider.revision r on r.post_id = p.post_id and r.hash = p.revision
     where c.publication_id = $1 and c.medium = 'email' and not c.again and c.cancelled_at is null
       and (exists (select 1 from postrider.had_mark h where h.had_until >= t.published_at)
         or exists (select 1 from postrider.received h where h.post_id = t.id))
     order by c.channel`,
    [publicationId],
  );
  const sentences: string[] = [];
  for (const { channel, adapter, list, segment, title, path, id, publishedAt: at, knownSince } of rows) {
    const publishedAt = at.toISOString();
    const mailing = { name: channel, adapter, medium: "email", list, config: null } as const;
    const sending = segment === null ? {} : { sending: { segment } };
    const audience = await plannedAudience(sql, { ...mailing, ...sending }, { id, publishedAt, knownSince });
    for (const had of audience.hadElsewhere ?? [])
      sentences.push(
        `${channel} does not send "${title}" to everybody: ${hadSentence(had)}. To send it to the whole list, and so a second time to all other readers: postrider republish ${path} --channels ${channel} --mode repost --reason "..."`,
      );
  }
  return sentences;
}
