/** What every command gets: the global options, the terminal, the opened site, and the signals of Ctrl-C. */

import type { Command } from "commander";
import { type App, earlyLogLevel, openApp, openSite, type SiteContext } from "#app.ts";
import type { LogLevel } from "#core/log.ts";
import type { Channel } from "#core/publication.ts";
import { openLog } from "./log.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

export interface GlobalOptions {
  config?: string;
  data?: string;
  json?: boolean;
  verbose?: boolean;
}

export interface Context {
  terminal: Terminal;
  options: GlobalOptions;
  signals: Signals;
  site(): Promise<SiteContext>;
  app(site: SiteContext, channels?: readonly Channel[]): Promise<App>;
}

/** Adds one command to the program. `run` opens the context and sets the exit status to what the command returns. */
export type Registration = (program: Command, run: Run) => void;
export type Run = <A extends unknown[]>(
  action: (context: Context, ...args: A) => Promise<number>,
) => (...args: A) => Promise<void>;

/** First Ctrl-C or SIGTERM: `stop`, what is in hand is finished. Second: `abort`, and the process ends now. */
export interface Signals {
  stop: AbortSignal;
  abort: AbortSignal;
}

/** Exit statuses of the contract. */
export const exit = { ok: 0, trouble: 1, usage: 2, configuration: 3 } as const;

export function openContext(options: GlobalOptions): Context {
  const terminal = openTerminal({ json: options.json ?? false });
  let level: LogLevel = options.verbose ? "debug" : (earlyLogLevel() ?? "warn");
  const log = openLog(terminal, () => level);
  return {
    terminal,
    options,
    signals: listenForSignals(terminal),
    async site() {
      const site = await openSite({
        ...(options.config && { config: options.config }),
        ...(options.data && { data: options.data }),
        log,
      });
      if (!options.verbose) level = site.environment.logLevel;
      return site;
    },
    app: (site, channels = []) => openApp(site, channels),
  };
}

function listenForSignals(terminal: Terminal): Signals {
  const stop = new AbortController();
  const abort = new AbortController();
  const onSignal = (): void => {
    if (!stop.signal.aborted) {
      terminal.note("Stopping: what is in hand is finished first. Once more to stop now.");
      stop.abort(new Error("interrupted"));
      return;
    }
    abort.abort(new Error("interrupted"));
    // What was under way is told apart at the next start: the ledger knows what had been begun.
    process.exit(exit.trouble);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return { stop: stop.signal, abort: abort.signal };
}
