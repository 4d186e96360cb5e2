/** The words of the readers' pages in German. */

import type { PageWords } from "../vocabulary.ts";

export const german: PageWords = {
  invalidLink: {
    title: "Dieser Link geht nicht",
    body: "Vielleicht ist er zu alt, oder ein Teil ging unterwegs verloren. In jeder Mail stehen unten frische Links.",
  },
  unsubscribe: {
    title: "Abmelden",
    body: (list) => `Ein Klick, und „${list}“ wird Ihnen nicht mehr geschickt.`,
    button: "Abmelden",
  },
  unsubscribed: {
    title: "Sie sind abgemeldet",
    body: (list) => `„${list}“ wird Ihnen nicht mehr geschickt. Was schon unterwegs war, kann noch ankommen.`,
    mistake: "War es ein Versehen?",
    again: "Wieder anmelden",
  },
  subscribe: {
    title: (site) => `${site} abonnieren`,
    body: "Sie bekommen eine Mail mit einem Link. Bevor Sie ihn anklicken, schicken wir Ihnen nichts weiter.",
    address: "E-Mail-Adresse",
    name: "Name",
    optional: "freiwillig",
    lists: "Was möchten Sie bekommen?",
    button: "Abonnieren",
    leaveEmpty: "Dieses Feld leer lassen",
  },
  problems: {
    title: "Bitte noch einmal ansehen",
    address: "An diese Adresse lässt sich keine E-Mail schicken.",
    lists: "Wählen Sie mindestens eines.",
    forget: "Setzen Sie das Häkchen, wenn Sie sicher sind.",
  },
  asked: {
    title: "Sehen Sie in Ihr Postfach",
    body: "Wenn die Adresse Post bekommen kann und noch nicht auf der Liste steht, ist eine Mail mit einem Link unterwegs. Der Link gilt drei Tage.",
  },
  tooMany: { title: "Zu viel auf einmal", body: "Bitte warten Sie einige Minuten und versuchen Sie es noch einmal." },
  confirm: {
    title: "Anmeldung bestätigen",
    body: (list) => `Ein Klick, und Sie bekommen „${list}“.`,
    button: "Ja, bitte zusenden",
  },
  confirmed: {
    title: "Willkommen",
    body: (list) => `Sie stehen auf der Liste: Die nächste Ausgabe von „${list}“ kommt zu Ihnen.`,
  },
  preferences: {
    title: "Ihre Einstellungen",
    body: (address) => `Für Post an ${address}`,
    lists: "Was Sie bekommen",
    frequency: "Wie oft",
    each: "Jede Mail",
    weekly: "Höchstens eine in der Woche",
    monthly: "Höchstens eine im Monat",
    nameKept: "Ein Name ist hinterlegt und wird hier nicht gezeigt. Lassen Sie das Feld leer, um ihn zu behalten.",
    frequencyNote: "Was dazwischen erscheint, wird nicht nachgeschickt; es steht im Archiv.",
    language: "Sprache unserer eigenen Worte",
    save: "Speichern",
    saved: "Ihre Wahl ist gespeichert.",
    leaveAll: "Von allem abmelden",
    leftAll: "Sie bekommen nichts mehr von uns.",
  },
  tracking: {
    title: "Was wir messen",
    none: "Nichts: Wir sehen nicht, ob Sie eine Mail öffnen oder einem Link folgen.",
    some: (lists) => `Bei ${lists} sehen wir, ob Sie eine Mail öffnen und welchen Links Sie folgen.`,
  },
  data: {
    title: "Ihre Daten",
    body: "Mails werden weitergeleitet. Darum schicken wir an Ihre Adresse einen Link, der eine Stunde gilt und alles zeigt, was wir von Ihnen wissen; dort können Sie es mitnehmen oder löschen lassen.",
    button: "Den Link zusenden",
    sent: {
      title: "Sehen Sie in Ihr Postfach",
      body: "Eine Mail mit einem Link ist unterwegs. Der Link gilt eine Stunde.",
    },
    open: "Meine Daten öffnen",
    download: "Alles als JSON herunterladen",
  },
  forget: {
    title: "Vergessen werden",
    body: "Wir löschen Ihre Adresse, Ihren Namen und alles, was Sie uns gesagt haben. Es bleibt nur ein Code, der uns sagt, Ihnen nie wieder zu schreiben, auch wenn jemand anders Ihre Adresse einträgt. Das lässt sich nicht rückgängig machen.",
    sure: "Ich bin sicher",
    button: "Vergessen Sie mich",
    done: { title: "Sie sind vergessen", body: "Alles, was wir von Ihnen wussten, ist gelöscht." },
  },
  archive: {
    title: "Archiv",
    empty: "Es wurde noch nichts verschickt.",
    notFound: {
      title: "Nicht im Archiv",
      body: "Unter dieser Adresse gibt es keine Mail, oder sie ist nicht für alle da.",
    },
    withdrawn: { title: "Zurückgezogen", body: "Dieser Beitrag wurde von der Redaktion zurückgezogen." },
  },
};
