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
  wideTable: "Diese Tabelle ist breit: im Web ansehen.",
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
      `Jemand, hoffentlich Sie, möchte ${full(list, site)} an diese Adresse bekommen. Ein Klick, und der nächste Brief gehört Ihnen.`,
    button: "Ja, bitte zusenden",
    ignore: "Waren Sie es nicht, so tun Sie nichts: Ohne den Klick hören Sie nicht wieder von uns.",
  },
  data: {
    subject: (_list, site) => `Ihre Daten bei ${site}`,
    body: (_list, site) => `Hier geht es zu allem, was ${site} von Ihnen weiß. Der Link gilt eine Stunde.`,
    button: "Meine Daten öffnen",
    ignore:
      "Haben nicht Sie danach gefragt, so tun Sie nichts, und leiten Sie diese Mail nicht weiter: Nur wer sie hat, kann den Link öffnen.",
  },
  welcome: {
    subject: (list, site) => `Willkommen bei ${full(list, site)}`,
    body: (list, site) =>
      `Sie stehen auf der Liste von ${full(list, site)}. Der nächste Brief kommt von selbst, und in jedem steht unten ein Link zum Abmelden.`,
    button: "Ansehen, was es schon gibt",
  },
};

function full(list: string, site: string): string {
  return list === site ? site : `„${list}“ von ${site}`;
}
