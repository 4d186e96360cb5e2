/** The log on standard error: one readable line per entry, with its facts at the end. */

import { type Log, type LogLevel, logLevels, withoutPersonal } from "#core/log.ts";
import type { Terminal } from "./terminal.ts";

/** @param level - the least severe that is shown. */
export function openLog(terminal: Terminal, level: () => LogLevel): Log {
  const at =
    (severity: LogLevel) =>
    (message: string, facts: Record<string, unknown> = {}): void => {
      if (logLevels.indexOf(severity) < logLevels.indexOf(level())) return;
      const details = Object.entries(facts).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      terminal.note(withoutPersonal([`${severity}: ${message}`, ...details].join(" ")));
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
