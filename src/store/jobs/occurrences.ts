/** When jobs ran, and with which result. */

import { PostriderError } from "#core/errors.ts";
import type { JobFile } from "#core/jobs/job-file.ts";
import type { DeclaredJob, JobTrouble, Occurrence, OccurrenceBook } from "#core/jobs/occurrence.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "#store/database/database.ts";

export function openOccurrences({ pool }: Pick<Database, "pool">): OccurrenceBook {
  return {
    async isKnown(job) {
      const { rowCount } = await pool.query("select 1 from postrider.declared_job where name = $1", [job]);
      return rowCount === 1;
    },
    declare,
    claim,
    freeTime,
    finish,
    record,
    async unclaim(tx: Sql, job, token) {
      await tx.query("update postrider.declared_job set claim = null where name = $1 and claim = $2", [job, token]);
    },
    async failed(job, token, failure, retryAt) {
      await pool.query(
        `update postrider.declared_job set failure = $3, failures = failures + 1, retry_at = $4, claim = null
         where name = $1 and (claim is null or claim = $2)`,
        [job, token, failure, retryAt],
      );
    },
    async keepOnly(names) {
      await pool.query(
        "update postrider.declared_job set removed_at = now() where removed_at is null and not name = any($1)",
        [names],
      );
    },
    async list(job) {
      const { rows } = await pool.query<Occurrence>(
        `select job, scheduled_for as "scheduledFor", actor, missed, state, outcome from postrider.occurrence
         where $1::text is null or job = $1 order by scheduled_for desc, id desc`,
        [job ?? null],
      );
      return rows;
    },
    async newest() {
      const { rows } = await pool.query<Occurrence>(
        `select distinct on (job) job, scheduled_for as "scheduledFor", actor, missed, state, outcome
         from postrider.occurrence order by job, scheduled_for desc, id desc`,
      );
      return rows;
    },
    async troubles() {
      const { rows } = await pool.query<JobTrouble>(
        `select name, failure, retry_at as "retryAt" from postrider.declared_job where failure is not null order by name`,
      );
      return rows;
    },
    async prune(before) {
      return (await pool.query(`delete ${prunable}`, [before])).rowCount ?? 0;
    },
    async prunable(before) {
      return (await pool.query(`select 1 ${prunable}`, [before])).rowCount ?? 0;
    },
  };
}

/** The newest one of each job is kept, because it shows until when all times of the job were handled. */
const prunable = `from postrider.occurrence o where o.state in ('nothing', 'skipped') and o.ran_at < $1
  and exists (select 1 from postrider.occurrence n where n.job = o.job and n.scheduled_for > o.scheduled_for)`;

async function declare(tx: Sql, { name, schedule }: JobFile, now: Date): Promise<DeclaredJob> {
  const { rows } = await tx.query<DeclaredJob & { isSame: boolean }>(
    `select greatest(d.since, (select max(scheduled_for) from postrider.occurrence where job = d.name)) as since,
       d.failures, d.retry_at as "retryAt", false as "isNew", d.removed_at is null and (d.cron, d.timezone) is not distinct from ($2, $3) as "isSame"
     from postrider.declared_job d where d.name = $1`,
    [name, schedule?.cron ?? null, schedule?.timezone ?? null],
  );
  const [row] = rows;
  if (row?.isSame) return row;
  await tx.query(
    `insert into postrider.declared_job (name, cron, timezone, since) values ($1, $2, $3, $4)
     on conflict (name) do update set cron = excluded.cron, timezone = excluded.timezone, since = excluded.since,
       removed_at = null, failure = null, failures = 0, retry_at = null`,
    [name, schedule?.cron ?? null, schedule?.timezone ?? null, now],
  );
  return { since: now, isNew: !row, failures: 0, retryAt: null };
}

async function claim(tx: Sql, job: string, token: string, now: Date, until: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update postrider.declared_job set claim = $2, claimed_until = $4
     where name = $1 and (claim is null or claimed_until <= $3)`,
    [job, token, now, until],
  );
  return rowCount === 1;
}

async function freeTime(tx: Sql, job: string, at: Date): Promise<Date> {
  const { rows } = await tx.query<{ at: Date }>(
    `with recursive moment (at) as (
       select $2::timestamptz
       union all select m.at + interval '1 millisecond' from moment m
         where exists (select 1 from postrider.occurrence o where o.job = $1 and o.scheduled_for = m.at))
     select max(at) as at from moment`,
    [job, at],
  );
  return rows[0]?.at ?? at;
}

async function finish(tx: Sql, token: string, occurrence: Occurrence): Promise<void> {
  const { job } = occurrence;
  const { rowCount } = await tx.query(
    `update postrider.declared_job set claim = null, failure = null, failures = 0, retry_at = null
     where name = $1 and claim = $2`,
    [job, token],
  );
  if (rowCount === 0)
    throw new PostriderError("conflict", `"${job}" ran too long, and another process took it over`, {
      hint: "`postrider jobs list` shows the result.",
    });
  await record(tx, occurrence);
}

async function record(tx: Sql, { job, scheduledFor, actor, missed, state, outcome }: Occurrence): Promise<void> {
  await tx.query(
    `insert into postrider.occurrence (job, scheduled_for, actor, missed, state, outcome) values ($1, $2, $3, $4, $5, $6)`,
    [job, scheduledFor, actor, missed, state, outcome],
  );
  await tx.query("insert into postrider.event (kind, actor, data) values ($1, $2, $3)", [
    `job.${state}`,
    actor,
    JSON.stringify({ job, scheduledFor, missed, outcome }),
  ]);
}
