/** English. */

import type { Words } from "../words.ts";

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
  image: (alt) => `Image: ${alt}`,
  wideTable: "This table is wide: see it on the web.",
  links: "Links",
  reason: (list, site) =>
    list === site
      ? `You receive this because you subscribed to ${site}.`
      : `You receive this because you subscribed to “${list}” of ${site}.`,
  unsubscribe: "Unsubscribe",
  withdrawn: "This post was withdrawn by its author.",
  callouts: { note: "Note", tip: "Tip", important: "Important", warning: "Warning", caution: "Caution" },
};
