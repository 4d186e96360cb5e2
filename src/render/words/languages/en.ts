/** The interface's words in English. */

import type { Words } from "../vocabulary.ts";

export const english: Words = {
  language: "en",
  direction: "ltr",
  viewInBrowser: "View in browser",
  readOnWeb: "Read on the web",
  continueReading: "Continue reading",
  by: (names) => `By ${names}`,
  minutes: (minutes) => `${minutes} min read`,
  notes: "Notes",
  note: "note",
  media: (host) => `Play on ${host}`,
  open: (host) => `Open on ${host}`,
  image: (alt) => `Image: ${alt}`,
  wideTable: "This table is wide. Read it on the web.",
  links: "Links",
  reason: (list, site) =>
    list === site
      ? `You receive this because you subscribed to ${site}.`
      : `You receive this because you subscribed to “${list}” of ${site}.`,
  unsubscribe: "Unsubscribe",
  withdrawn: "This post was withdrawn by its author.",
  alsoOn: "Also on",
  preferences: "Preferences",
  reader: "reader",
  callouts: { note: "Note", tip: "Tip", important: "Important", warning: "Warning", caution: "Caution" },
  digest: {
    subject: (site) => `New on ${site}`,
    posts: (count) => (count === 1 ? "1 post" : `${count} posts`),
  },
  confirm: {
    subject: (list, site) => `Please confirm: ${full(list, site)}`,
    body: (list, site) =>
      `You asked to receive ${full(list, site)} at this address. Confirm with one click. If it wasn't you, ignore this email.`,
    button: "Confirm subscription",
    ignore: "If you do not confirm, we will not write to you again.",
  },
  data: {
    subject: (_list, site) => `Your data at ${site}`,
    body: (_list, site) => `This link shows everything that ${site} knows about you. It works for one hour.`,
    button: "Open my data",
    ignore: "If you did not ask for this, do nothing. Do not forward this email: anyone who has it can open the link.",
  },
  welcome: {
    subject: (list, site) => `Welcome to ${full(list, site)}`,
    body: (list, site) =>
      `You are on the list of ${full(list, site)}. You will receive the next email. Every email has a link at the end to unsubscribe.`,
    button: "Read what was sent before",
  },
};

function full(list: string, site: string): string {
  return list === site ? site : `“${list}” of ${site}`;
}
