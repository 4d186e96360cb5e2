/** What every command gets: global options, terminal, the opened site, and signals such as Ctrl-C. */

import type { Command } from "commander";
import { type App, earlyLogLevel, type HolderWatch, holderStopped, openApp, openSite, type SiteContext } from "#app.ts";
import { PostriderError } from "#core/errors.ts";
import type { LogLevel } from "#core/log.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { openLog } from "./terminal/log.ts";
import { openTerminal, type Terminal } from "./terminal/terminal.ts";

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
  /** @param lasts - for commands that run until they are stopped: if the process that has the database open ends, they wait for another one. */
  app(site: SiteContext, channels?: readonly Channel[], options?: { lasts: boolean }): Promise<App>;
  /** The same, but opened at the first use. */
  appLater(site: SiteContext, channels?: readonly Channel[]): LaterApp;
  /** Rejects when the process that had the database open has ended. */
  stranded: Promise<never>;
  /** Why a command failed. If the database has stopped, this is that error, and not one of the errors that follow from it. */
  reasonOf(error: unknown): unknown;
}

export interface LaterApp extends AsyncDisposable {
  open(): Promise<App>;
}

/** Adds one command to the program. `run` opens the context and sets the exit status to what the command returns. */
export type Registration = (program: Command, run: Run) => void;
export type Run = <A extends unknown[]>(
  action: (context: Context, ...args: A) => Promise<number>,
) => (...args: A) => Promise<void>;

/** First Ctrl-C or SIGTERM: `stop`, the work in progress is finished. Second: `abort`, the process ends immediately. */
export interface Signals {
  stop: AbortSignal;
  abort: AbortSignal;
}

/** Exit statuses of the contract. */
export const exit = { ok: 0, trouble: 1, usage: 2, configuration: 3 } as const;

export function openContext(options: GlobalOptions): Context {
  const terminal = openTerminal({ json: options.json ?? false });
  let level: LogLevel = options.verbose ? "debug" : (earlyLogLevel() ?? "warn");
  const holder = watchHolder();
  // All later errors are consequences of the lost connection.
  const log = openLog(terminal, () => (holder.isLost() ? "silent" : level));
  return {
    terminal,
    options,
    stranded: holder.stranded,
    reasonOf: (error) => (holder.isLost() && !(error instanceof PostriderError) ? holderStopped(error) : error),
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
    app: (site, channels = [], { lasts } = { lasts: false }) => openApp(site, channels, lasts ? undefined : holder),
    appLater: (site, channels = []) => openLater(() => openApp(site, channels, holder)),
  };
}

function openLater(open: () => Promise<App>): LaterApp {
  let opening: Promise<App> | null = null;
  return {
    open() {
      opening ??= open();
      return opening;
    },
    async [Symbol.asyncDispose]() {
      const app = await opening?.catch(() => null);
      await app?.[Symbol.asyncDispose]();
    },
  };
}

function watchHolder(): HolderWatch & { stranded: Promise<never>; isLost(): boolean } {
  const { promise: stranded, reject } = Promise.withResolvers<never>();
  stranded.catch(() => undefined);
  let isLost = false;
  return {
    stranded,
    isLost: () => isLost,
    lost() {
      isLost = true;
    },
    back() {
      isLost = false;
    },
    gone: () => reject(holderStopped()),
  };
}

function listenForSignals(terminal: Terminal): Signals {
  const stop = new AbortController();
  const abort = new AbortController();
  const onSignal = (): void => {
    if (!stop.signal.aborted) {
      terminal.note("Stopping after the work in progress. Press Ctrl-C again to stop now.");
      stop.abort(new Error("interrupted"));
      return;
    }
    abort.abort(new Error("interrupted"));
    // The next start recovers the work in progress: the ledger knows what had been started.
    process.exit(exit.trouble);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  // For one of several workers: the process that has started it stops, or has ended.
  process.once("disconnect", () => stop.abort(new Error("the parent process stops")));
  return { stop: stop.signal, abort: abort.signal };
}
