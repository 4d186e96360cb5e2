/** The rules of a channel that slow a campaign down or stop it, in words. */

import type { Rate, SendingRules } from "#core/sending/sending.ts";
import { count } from "../../parts/words.ts";

const units = [
  ["perSecond", "a second"],
  ["perMinute", "a minute"],
  ["perHour", "an hour"],
  ["perDay", "a day"],
] as const;

export function rulesInWords(rules: SendingRules = {}): string[] {
  const { pace, canary, quiet, readerTime, stopAfterFailures, holdSeconds } = rules;
  const all = pace ? rateInWords(pace) : "";
  return [
    ...(all ? [`At most ${all}.`] : []),
    ...Object.entries(pace?.domains ?? {}).map(([domain, rate]) => `To ${domain} at most ${rateInWords(rate)}.`),
    ...(pace?.warmUp
      ? [`Warm-up since ${pace.warmUp.start}: ${pace.warmUp.perDay.map(count).join(", ")} on the first days.`]
      : []),
    ...(holdSeconds ? [`Begins ${count(holdSeconds)} seconds after the decision.`] : []),
    ...(canary
      ? [
          `${count(canary.share * 100)}% of the readers first; the others ${count(canary.waitSeconds / 60)} minutes later.`,
        ]
      : []),
    ...(quiet ? [`Nothing is sent between ${quiet.from} and ${quiet.to} ${quiet.timezone}.`] : []),
    ...(readerTime ? [`Each reader gets it at ${readerTime.at} of their own time.`] : []),
    ...(stopAfterFailures ? [`Pauses after ${count(stopAfterFailures)} refused or uncertain emails.`] : []),
  ];
}

function rateInWords(rate: Rate): string {
  return units
    .flatMap(([unit, words]) => (rate[unit] === undefined ? [] : [`${count(rate[unit])} ${words}`]))
    .join(", ");
}
