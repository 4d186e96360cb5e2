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
  wideTable: "Ce tableau est large : le voir sur le site.",
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
      `Quelqu’un, vous sans doute, a demandé ${full(list, site)} à cette adresse. Un clic, et la prochaine lettre est à vous.`,
    button: "Oui, envoyez-la-moi",
    ignore: "Si ce n’était pas vous, ne faites rien : sans ce clic, vous n’entendrez plus parler de nous.",
  },
  data: {
    subject: (_list, site) => `Vos données chez ${site}`,
    body: (_list, site) => `Voici l’accès à tout ce que ${site} sait de vous. Le lien est valable une heure.`,
    button: "Ouvrir mes données",
    ignore:
      "Si la demande ne vient pas de vous, ne faites rien et ne transférez pas ce courriel : il faut l’avoir pour ouvrir le lien.",
  },
  welcome: {
    subject: (list, site) => `Bienvenue : ${full(list, site)}`,
    body: (list, site) =>
      `Vous êtes abonné à ${full(list, site)}. La prochaine lettre viendra d’elle-même, et chacune porte en bas un lien pour partir.`,
    button: "Voir ce qui est déjà paru",
  },
};

function full(list: string, site: string): string {
  return list === site ? site : `« ${list} » de ${site}`;
}
