/** The interface's words in French. */

import type { Words } from "../vocabulary.ts";

export const french: Words = {
  language: "fr",
  direction: "ltr",
  viewInBrowser: "Voir dans le navigateur",
  readOnWeb: "Lire sur le site",
  continueReading: "Lire la suite",
  by: (names) => `Par ${names}`,
  minutes: (minutes) => `${minutes} min de lecture`,
  notes: "Notes",
  note: "note",
  media: (host) => `Lire sur ${host}`,
  open: (host) => `Ouvrir sur ${host}`,
  image: (alt) => `Image : ${alt}`,
  wideTable: "Ce tableau est large. Lisez-le sur le site.",
  links: "Liens",
  reason: (list, site) =>
    list === site
      ? `Vous recevez ce message parce que vous êtes abonné à ${site}.`
      : `Vous recevez ce message parce que vous êtes abonné à « ${list} » de ${site}.`,
  unsubscribe: "Se désabonner",
  withdrawn: "Cet article a été retiré par son auteur.",
  alsoOn: "Aussi sur",
  preferences: "Préférences",
  reader: "cher lecteur",
  callouts: { note: "Note", tip: "Astuce", important: "Important", warning: "Avertissement", caution: "Attention" },
  digest: {
    subject: (site) => `Du nouveau sur ${site}`,
    posts: (count) => (count === 1 ? "1 article" : `${count} articles`),
  },
  confirm: {
    subject: (list, site) => `À confirmer : ${full(list, site)}`,
    body: (list, site) =>
      `Vous avez demandé à recevoir ${full(list, site)} à cette adresse. Confirmez en un clic. Si ce n’était pas vous, ignorez ce courriel.`,
    button: "Confirmer l’abonnement",
    ignore: "Si vous ne confirmez pas, nous ne vous écrirons plus.",
  },
  data: {
    subject: (_list, site) => `Vos données chez ${site}`,
    body: (_list, site) => `Ce lien montre tout ce que ${site} sait de vous. Il est valable une heure.`,
    button: "Ouvrir mes données",
    ignore:
      "Si vous n’avez pas fait cette demande, ne faites rien. Ne transférez pas ce courriel : toute personne qui le possède peut ouvrir le lien.",
  },
  welcome: {
    subject: (list, site) => `Bienvenue : ${full(list, site)}`,
    body: (list, site) =>
      `Vous êtes abonné à ${full(list, site)}. Vous recevrez le prochain courriel. Chaque courriel contient à la fin un lien de désabonnement.`,
    button: "Lire les articles déjà envoyés",
  },
};

function full(list: string, site: string): string {
  return list === site ? site : `« ${list} » de ${site}`;
}
