/** French. */

import type { Words } from "../words.ts";

export const french: Words = {
  language: "fr",
  direction: "ltr",
  viewInBrowser: "Voir dans le navigateur",
  readOnWeb: "Lire sur le web",
  continueReading: "Lire la suite",
  by: (names) => `Par ${names}`,
  minutes: (minutes) => `${minutes} min de lecture`,
  notes: "Notes",
  note: "note",
  media: (host) => `Lire sur ${host}`,
  image: (alt) => `Image : ${alt}`,
  wideTable: "Ce tableau est large : consultez-le sur le web.",
  links: "Liens",
  reason: (list, site) =>
    list === site
      ? `Vous recevez ce message parce que vous êtes abonné à ${site}.`
      : `Vous recevez ce message parce que vous êtes abonné à « ${list} » de ${site}.`,
  unsubscribe: "Se désabonner",
  withdrawn: "Cet article a été retiré par son auteur.",
  callouts: { note: "Remarque", tip: "Astuce", important: "Important", warning: "Avertissement", caution: "Attention" },
};
