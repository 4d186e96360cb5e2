/** The interface's words in German. */

import type { Words } from "../vocabulary.ts";

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
  media: (host) => `Auf ${host} abspielen`,
  open: (host) => `Auf ${host} öffnen`,
  image: (alt) => `Bild: ${alt}`,
  wideTable: "Diese Tabelle ist breit. Lesen Sie sie im Web.",
  links: "Links",
  reason: (list, site) =>
    list === site
      ? `Sie erhalten diese Nachricht, weil Sie ${site} abonniert haben.`
      : `Sie erhalten diese Nachricht, weil Sie „${list}“ von ${site} abonniert haben.`,
  unsubscribe: "Abmelden",
  withdrawn: "Dieser Beitrag wurde zurückgezogen.",
  alsoOn: "Auch auf",
  preferences: "Einstellungen",
  reader: "Leserin oder Leser",
  callouts: { note: "Hinweis", tip: "Tipp", important: "Wichtig", warning: "Warnung", caution: "Vorsicht" },
  digest: {
    subject: (site) => `Neu bei ${site}`,
    posts: (count) => (count === 1 ? "1 Beitrag" : `${count} Beiträge`),
  },
  confirm: {
    subject: (list, site) => `Bitte bestätigen: ${full(list, site)}`,
    body: (list, site) =>
      `Sie möchten ${full(list, site)} an diese Adresse bekommen. Bestätigen Sie das mit einem Klick. Waren Sie es nicht, ignorieren Sie diese E-Mail.`,
    button: "Anmeldung bestätigen",
    ignore: "Wenn Sie nicht bestätigen, schreiben wir Ihnen nicht wieder.",
  },
  data: {
    subject: (_list, site) => `Ihre Daten bei ${site}`,
    body: (_list, site) => `Dieser Link zeigt alles, was ${site} über Sie gespeichert hat. Er gilt eine Stunde.`,
    button: "Meine Daten öffnen",
    ignore:
      "Wenn Sie das nicht angefordert haben, müssen Sie nichts tun. Leiten Sie diese E-Mail nicht weiter: Jeder, der sie hat, kann den Link öffnen.",
  },
  welcome: {
    subject: (list, site) => `Willkommen bei ${full(list, site)}`,
    body: (list, site) =>
      `Sie stehen auf der Liste von ${full(list, site)}. Sie bekommen die nächste E-Mail. Am Ende jeder E-Mail steht ein Link zum Abmelden.`,
    button: "Bisherige Beiträge lesen",
  },
};

function full(list: string, site: string): string {
  return list === site ? site : `„${list}“ von ${site}`;
}
