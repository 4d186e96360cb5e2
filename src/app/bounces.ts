/** What came back, from wherever it came: its traces are read, and then the ledger is told. */

import type { BounceOutcome, BounceReport, BounceRule, TracedReport } from "#core/bounce.ts";
import { sha256 } from "#core/idempotency.ts";
import { readBounce } from "#smtp/bounces/read-bounce.ts";
import { readVerp } from "#smtp/verp.ts";
import { recordBounce } from "#store/bounces.ts";
import type { Database } from "#store/database.ts";

export interface RecordedBounce {
  report: BounceReport;
  outcome: BounceOutcome;
}

export interface BounceDesk {
  /** Records a whole message, all of it or nothing. @throws PostriderError `invalid` for what is no mail. */
  message(source: Uint8Array): Promise<RecordedBounce[]>;
  /** Records what a provider reported. @param event - its own id of the event. */
  reports(reports: readonly BounceReport[], event: string): Promise<RecordedBounce[]>;
}

export function openBounceDesk(database: Database, secret: string, rule: BounceRule): BounceDesk {
  const record = (reports: readonly BounceReport[], event: string): Promise<RecordedBounce[]> =>
    database.transaction(async (tx) => {
      const recorded: RecordedBounce[] = [];
      for (const [index, report] of reports.entries())
        recorded.push({ report, outcome: await recordBounce(tx, traced(report, `${event}\n${index}`, secret), rule) });
      return recorded;
    });
  return {
    message: async (source) => record(await readBounce(source), sha256(source)),
    reports: record,
  };
}

/** A return path speaks for one recipient; a report about several is told apart by their addresses. */
function traced(report: BounceReport, event: string, secret: string): TracedReport {
  const paths = report.returnPaths.map((path) => readVerp(path, secret)).filter((key) => key !== null);
  const ids = report.messageIds.flatMap((id) => /^([0-9a-f]{32})@/.exec(id)?.[1] ?? []);
  return {
    report,
    digest: sha256(event),
    traces: [
      ...paths.map((key) => ({ tie: "return-path" as const, key })),
      ...ids.map((key) => ({ tie: "message-id" as const, key })),
    ],
  };
}
