/** German. */

import type { Words } from "../words.ts";

export const german: Words = {
  language: "de",
  direction: "ltr",
  viewInBrowser: "Im Browser ansehen",
  readOnWeb: "Im Web lesen",
  continueReading: "Weiterlesen",
  by: (names) => `Von ${names}`,
  minutes: (minutes) => `${minutes} Min. Lesezeit`,
  notes: "Anmerkungen",
  note: "Anmerkung",
  media: (host) => `Abspielen auf ${host}`,
  image: (alt) => `Bild: ${alt}`,
  wideTable: "Diese Tabelle ist breit: im Web ist sie ganz zu sehen.",
  links: "Links",
  reason: (list, site) =>
    list === site
      ? `Sie erhalten diese Nachricht, weil Sie ${site} abonniert haben.`
      : `Sie erhalten diese Nachricht, weil Sie „${list}“ von ${site} abonniert haben.`,
  unsubscribe: "Abmelden",
  withdrawn: "Dieser Beitrag wurde zurückgezogen.",
  callouts: { note: "Hinweis", tip: "Tipp", important: "Wichtig", warning: "Warnung", caution: "Vorsicht" },
};
