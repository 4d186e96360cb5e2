/** Numbers, plurals and states in words. */

import { html, type Markup } from "#core/posts/markup.ts";

export function count(number: number): string {
  return number.toLocaleString("en");
}

/** `1 reader`, `1,204 readers`. */
export function plural(number: number, noun: string, many = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : many}`;
}

const tones: Readonly<Record<string, "good" | "warn" | "bad" | "calm">> = {
  ...{
    accepted: "good",
    done: "good",
    ok: "good",
    working: "good",
    valid: "good",
    confirmed: "good",
    approved: "good",
  },
  ...{ published: "good" },
  ...{ uncertain: "warn", retrying: "warn", paused: "warn", waiting: "warn", slowed: "warn", silent: "warn" },
  ...{ idle: "warn", unconfirmed: "warn", warning: "warn", failed: "bad", open: "warn" },
  ...{ refused: "bad", stopped: "bad", stalled: "bad", misconfigured: "bad", error: "bad", held: "bad" },
  ...{ suppressed: "bad", revoked: "bad", expired: "warn" },
};

/** A state as a word with a mark. The colour only repeats what the word says. */
export function state(name: string, label = name): Markup {
  return html`<span class="state ${tones[name] ?? "calm"}">${label}</span>`;
}

/** The path of a page about something with this name or id. */
export function pathOf(page: string, ...names: (string | number)[]): string {
  return ["/console", page, ...names.map((name) => encodeURIComponent(String(name)))].join("/");
}
