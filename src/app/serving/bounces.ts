/** Handles bounces from every source: finds the delivery and records the bounce in the ledger. */

import type { BounceSettings } from "#config/site/bounces.ts";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { BounceOutcome, BounceReport, BounceRule, TracedReport } from "#core/readers/bounce.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import type { MailboxRun } from "#mailbox/read-mailbox.ts";
import { readBounce } from "#smtp/bounces/read-bounce.ts";
import { readVerp } from "#smtp/message/verp.ts";
import type { Database } from "#store/database/database.ts";
import { recordBounce } from "#store/readers/bounces.ts";

export interface RecordedBounce {
  report: BounceReport;
  outcome: BounceOutcome;
}

export interface BounceDesk {
  /** Records a message completely or not at all. @throws PostriderError `invalid` if it is not an email. */
  message(source: Uint8Array): Promise<RecordedBounce[]>;
  /** Records what a provider reported that has proved itself. @param event - its own id of the event. */
  reports(reports: readonly BounceReport[], event: string): Promise<RecordedBounce[]>;
  /** Processes new messages in the mailbox. @throws PostriderError `unavailable`; `not_found` where none is configured */
  mailbox(signal: AbortSignal): Promise<MailboxRun>;
}

export function openBounceDesk(database: Database, secret: string, settings: BounceSettings, log: Log): BounceDesk {
  const rule: BounceRule = settings;
  const record = (reports: readonly BounceReport[], event: string, vouched: boolean): Promise<RecordedBounce[]> =>
    database.transaction(async (tx) => {
      const recorded: RecordedBounce[] = [];
      for (const [index, report] of reports.entries()) {
        const told = { report, vouched, ...tracesOf(report, `${event}\n${index}`, secret) };
        recorded.push({ report, outcome: await recordBounce(tx, told, rule) });
      }
      return recorded;
    });
  const message = async (source: Uint8Array): Promise<RecordedBounce[]> =>
    record(await readBounce(source), sha256(source), false);
  const left = new Set<string>();
  return {
    message,
    reports: (reports, event) => record(reports, event, true),
    async mailbox(signal) {
      if (!settings.mailbox)
        throw new PostriderError("not_found", "No mailbox is configured", { hint: "Set bounces.mailbox.url." });
      const { readMailbox } = await import("#mailbox/read-mailbox.ts");
      const take = async (source: Uint8Array): Promise<boolean> => {
        try {
          return (await message(source)).some(({ report }) => report.kind !== "unknown");
        } catch (error) {
          if (error instanceof PostriderError && error.code === "invalid") return false;
          throw error;
        }
      };
      const run = await readMailbox(settings.mailbox, take, signal, left);
      if (run.taken + run.left > 0) log.info("read the bounce mailbox", { ...run });
      return run;
    },
  };
}

/** Reads the mailbox regularly until disposed; work in progress is finished first. */
export function watchMailbox(desk: BounceDesk, everyMinutes: number, log: Log): AsyncDisposable {
  const stop = new AbortController();
  const read = async (): Promise<void> => {
    try {
      for (let more = true; more && !stop.signal.aborted; ) ({ more } = await desk.mailbox(stop.signal));
    } catch (error) {
      log.warn("the bounce mailbox could not be read; will try again", { error: messageOf(error) });
    }
  };
  let reading = read();
  const timer = setInterval(() => {
    reading = reading.then(read);
  }, everyMinutes * 60_000);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      stop.abort();
      await reading;
    },
  };
}

/** A return path speaks for one recipient; a report about several is told apart by their addresses. */
function tracesOf(report: BounceReport, event: string, secret: string): Pick<TracedReport, "digest" | "traces"> {
  const paths = report.returnPaths.map((path) => readVerp(path, secret)).filter((key) => key !== null);
  const ids = report.messageIds.flatMap((id) => /^([0-9a-f]{32})@/.exec(id)?.[1] ?? []);
  return {
    digest: sha256(event),
    traces: [
      ...paths.map((key) => ({ tie: "return-path" as const, key })),
      ...ids.map((key) => ({ tie: "message-id" as const, key })),
    ],
  };
}
