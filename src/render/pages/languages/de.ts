/** The words of the readers' pages in German. */

import type { PageWords } from "../vocabulary.ts";

export const german: PageWords = {
  invalidLink: {
    title: "Dieser Link funktioniert nicht",
    body: "Vielleicht ist er zu alt oder unvollständig. Am Ende jeder E-Mail stehen neue Links.",
  },
  unsubscribe: {
    title: "Abmelden",
    body: (list) => `Bestätigen Sie, dass Sie „${list}“ nicht mehr per E-Mail bekommen möchten.`,
    button: "Abmelden",
  },
  unsubscribed: {
    title: "Sie sind abgemeldet",
    body: (list) =>
      `„${list}“ wird Ihnen nicht mehr geschickt. Eine E-Mail, die schon unterwegs ist, kann noch ankommen.`,
    mistake: "War es ein Versehen?",
    again: "Wieder anmelden",
  },
  subscribe: {
    title: (site) => `${site} abonnieren`,
    body: "Wir schicken Ihnen eine E-Mail mit einem Link. Sonst bekommen Sie nichts, bis Sie ihn anklicken.",
    address: "E-Mail-Adresse",
    name: "Name",
    optional: "freiwillig",
    lists: "Was möchten Sie bekommen?",
    button: "Abonnieren",
    leaveEmpty: "Dieses Feld leer lassen",
  },
  problems: {
    title: "Bitte prüfen Sie Ihre Angaben",
    address: "Geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel name@example.org.",
    lists: "Wählen Sie mindestens eines.",
    forget: "Setzen Sie das Häkchen, wenn Sie sicher sind.",
  },
  asked: {
    title: "Sehen Sie in Ihrem Posteingang nach",
    body: "Wenn diese Adresse noch nicht auf der Liste steht, haben wir ihr eine E-Mail mit einem Link geschickt. Klicken Sie auf den Link, um die Anmeldung zu bestätigen. Er gilt drei Tage.",
  },
  tooMany: { title: "Zu viele Anfragen", body: "Bitte warten Sie einige Minuten und versuchen Sie es noch einmal." },
  confirm: {
    title: "Anmeldung bestätigen",
    body: (list) => `Bestätigen Sie, dass Sie „${list}“ per E-Mail bekommen möchten.`,
    button: "Anmeldung bestätigen",
  },
  confirmed: {
    title: "Willkommen",
    body: (list) => `Sie stehen auf der Liste. Sie bekommen die nächste Ausgabe von „${list}“.`,
  },
  preferences: {
    title: "Ihre Einstellungen",
    body: (address) => `Für E-Mails an ${address}`,
    lists: "Was Sie bekommen",
    frequency: "Wie oft",
    each: "Jede E-Mail",
    weekly: "Höchstens eine in der Woche",
    monthly: "Höchstens eine im Monat",
    nameKept: "Wir haben Ihren Namen und zeigen ihn hier nicht. Lassen Sie das Feld leer, um ihn zu behalten.",
    frequencyNote: "Die anderen E-Mails schicken wir nicht nach. Sie können sie im Archiv lesen.",
    language: "Sprache von Schaltflächen und Hinweisen",
    save: "Speichern",
    saved: "Ihre Wahl ist gespeichert.",
    leaveAll: "Von allem abmelden",
    leftAll: "Sie bekommen keine E-Mails mehr von uns.",
  },
  tracking: {
    title: "Was wir messen",
    none: "Nichts. Wir sehen nicht, ob Sie eine E-Mail öffnen oder einen Link anklicken.",
    some: (lists) => `Bei ${lists} sehen wir, ob Sie eine E-Mail öffnen und welche Links Sie anklicken.`,
  },
  data: {
    title: "Ihre Daten",
    body: "Sie können alles, was wir über Sie wissen, herunterladen oder löschen. Um sicher zu sein, dass Sie es sind, schicken wir einen Link an Ihre Adresse. Er gilt eine Stunde.",
    button: "Den Link zusenden",
    sent: {
      title: "Sehen Sie in Ihrem Posteingang nach",
      body: "Wir haben Ihnen eine E-Mail mit einem Link geschickt. Der Link gilt eine Stunde.",
    },
    open: "Meine Daten öffnen",
    download: "Alles als JSON herunterladen",
  },
  forget: {
    title: "Meine Daten löschen",
    body: "Wir löschen Ihre Adresse, Ihren Namen und alles, was Sie uns gesagt haben. Wir behalten nur einen Code, damit wir Ihnen nie wieder schreiben, auch wenn jemand anders Ihre Adresse einträgt. Das kann nicht rückgängig gemacht werden.",
    sure: "Ich bin sicher",
    button: "Meine Daten löschen",
    done: { title: "Ihre Daten sind gelöscht", body: "Wir haben alles gelöscht, was wir über Sie wussten." },
  },
  front: {
    blog: "Zum Blog",
    newest: "Neueste E-Mails",
    feeds: "Feeds",
    feedsNote: "Ein Feed zeigt neue Beiträge in einem Feedreader. Sie brauchen kein Konto.",
    allFeeds: "Alle Feeds",
  },
  archive: {
    title: "Archiv",
    empty: "Es wurden noch keine E-Mails verschickt.",
    notFound: {
      title: "Nicht im Archiv",
      body: "Unter dieser Adresse gibt es keine E-Mail, oder sie ist nicht öffentlich.",
    },
    withdrawn: { title: "Zurückgezogen", body: "Dieser Beitrag wurde von der Redaktion zurückgezogen." },
  },
};
