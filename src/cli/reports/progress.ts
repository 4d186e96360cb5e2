/** Shows progress: a bar with rate and time left on a terminal, otherwise a plain line every few seconds. */

import { count, plural, type Terminal } from "#cli/terminal/terminal.ts";
import type { PublicationReport } from "#core/publishing/publication.ts";
import { type DeliveryState, isSettled } from "#core/sending/delivery.ts";
import { gateLine } from "./report.ts";

const barWidth = 24;
const plainEveryMs = 5_000;
const barEveryMs = 100;
/** The rate is measured over this time, because the rate at the beginning says little about the rate now. */
const windowMs = 10_000;

/** Call it each time the ledger was read. */
export function deliveryProgress(terminal: Terminal): (reports: readonly PublicationReport[]) => void {
  const looks: { done: number; at: number }[] = [];
  let said = new Set<string>();
  let lastPlain = performance.now();
  return (reports) => {
    const waiting = reports.flatMap(({ channels }) =>
      Object.entries(channels).flatMap(([name, { gate }]) => (gate?.said ? [gateLine(terminal, name, gate)] : [])),
    );
    for (const line of waiting) if (!said.has(line)) terminal.note(line);
    said = new Set(waiting);
    const { done, total } = tally(reports);
    const now = performance.now();
    looks.push({ done, at: now });
    while (looks[1] && now - looks[1].at >= windowMs) looks.shift();
    if (total < 2 || done === total) return;
    const [first = { done, at: now }] = looks;
    const rate = ((done - first.done) * 1000) / Math.max(now - first.at, 1);
    const pace = rate === 0 ? "waiting" : `${perSecond(rate)} · ${duration((total - done) / rate)} left`;
    const facts = `${count(done)} of ${count(total)} · ${pace}`;
    if (terminal.interactive) terminal.status(`  ${bar(done / total)} ${facts}`);
    else if (now - lastPlain >= plainEveryMs) {
      lastPlain = now;
      terminal.note(facts);
    }
  };
}

/** Progress of work that is counted in steps. Call it after each. */
export function stepProgress(terminal: Terminal, total: number, noun: string): (done: number) => void {
  const began = performance.now();
  let last = began;
  return (done) => {
    const moment = performance.now();
    if (total < 2 || done === total || moment - last < (terminal.interactive ? barEveryMs : plainEveryMs)) return;
    last = moment;
    const rate = (done * 1000) / (moment - began);
    const facts = `${count(done)} of ${plural(total, noun)} · ${count(Math.round(rate))}/s · ${duration((total - done) / rate)} left`;
    if (terminal.interactive) terminal.status(`  ${bar(done / total)} ${facts}`);
    else terminal.note(facts);
  };
}

function tally(reports: readonly PublicationReport[]): { done: number; total: number } {
  let done = 0;
  let total = 0;
  for (const { counts } of reports.flatMap((report) => Object.values(report.channels)))
    for (const [state, number] of Object.entries(counts)) {
      total += number;
      if (isSettled(state as DeliveryState)) done += number;
    }
  return { done, total };
}

function bar(share: number): string {
  const full = Math.round(share * barWidth);
  return "█".repeat(full) + "░".repeat(barWidth - full);
}

/** `120/s`, `0.4/s`. */
function perSecond(rate: number): string {
  return `${rate < 2 ? rate.toFixed(1) : count(Math.round(rate))}/s`;
}

/** 95 -> `1 min 35 s`. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
