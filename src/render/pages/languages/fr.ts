/** The words of the readers' pages in French. */

import type { PageWords } from "../vocabulary.ts";

export const french: PageWords = {
  invalidLink: {
    title: "Ce lien ne fonctionne pas",
    body: "Il est peut-être trop ancien, ou une partie s’est perdue en route. Chaque courriel contient des liens à jour en bas de page.",
  },
  unsubscribe: {
    title: "Se désabonner",
    body: (list) => `Un clic, et « ${list} » ne vous sera plus envoyé.`,
    button: "Se désabonner",
  },
  unsubscribed: {
    title: "Vous êtes désabonné",
    body: (list) => `« ${list} » ne vous sera plus envoyé. Un courriel déjà en chemin peut encore arriver.`,
    mistake: "Une erreur ?",
    again: "S’abonner de nouveau",
  },
  subscribe: {
    title: (site) => `S’abonner à ${site}`,
    body: "Vous recevrez un courriel avec un lien. Rien d’autre ne vous sera envoyé avant votre clic.",
    address: "Adresse électronique",
    name: "Nom",
    optional: "facultatif",
    lists: "Que souhaitez-vous recevoir ?",
    button: "S’abonner",
    leaveEmpty: "Laissez ce champ vide",
  },
  problems: {
    title: "Veuillez vérifier",
    address: "Aucun courriel ne peut être envoyé à cette adresse.",
    lists: "Choisissez au moins une liste.",
    forget: "Cochez la case si vous en êtes sûr.",
  },
  asked: {
    title: "Consultez votre messagerie",
    body: "Si cette adresse peut recevoir du courrier et n’est pas encore inscrite, un courriel avec un lien est en chemin. Le lien est valable trois jours.",
  },
  tooMany: { title: "Trop de demandes", body: "Attendez quelques minutes, puis réessayez." },
  confirm: {
    title: "Confirmer l’abonnement",
    body: (list) => `Un clic, et « ${list} » est à vous.`,
    button: "Oui, envoyez-le-moi",
  },
  confirmed: {
    title: "Bienvenue",
    body: (list) => `Vous êtes inscrit : le prochain « ${list} » arrivera chez vous.`,
  },
  preferences: {
    title: "Vos préférences",
    body: (address) => `Pour le courrier à ${address}`,
    lists: "Ce que vous recevez",
    frequency: "À quelle fréquence",
    each: "Chaque courriel",
    weekly: "Un par semaine au plus",
    monthly: "Un par mois au plus",
    nameKept: "Un nom est enregistré et n’est pas affiché ici. Laissez ce champ vide pour le garder.",
    frequencyNote: "Ce qui paraît entre-temps ne vous est pas envoyé plus tard ; vous le trouverez dans les archives.",
    language: "Langue de nos propres mots",
    save: "Enregistrer",
    saved: "Votre choix est enregistré.",
    leaveAll: "Se désabonner de tout",
    leftAll: "Vous ne recevrez plus rien de nous.",
  },
  tracking: {
    title: "Ce que nous mesurons",
    none: "Rien : nous ne voyons ni si vous ouvrez un courriel, ni si vous suivez un lien.",
    some: (lists) => `Pour ${lists}, nous voyons si vous ouvrez un courriel et quels liens vous suivez.`,
  },
  data: {
    title: "Vos données",
    body: "Un courriel peut être transféré. Nous envoyons donc à votre adresse un lien valable une heure, qui montre tout ce que nous savons de vous ; vous pourrez l’emporter ou le faire effacer.",
    button: "Envoyez-moi le lien",
    sent: {
      title: "Consultez votre messagerie",
      body: "Un courriel avec un lien est en chemin. Le lien est valable une heure.",
    },
    open: "Ouvrir mes données",
    download: "Tout télécharger en JSON",
  },
  forget: {
    title: "Être oublié",
    body: "Nous effaçons votre adresse, votre nom et tout ce que vous nous avez dit. Il ne reste qu’un code qui nous dit de ne plus jamais vous écrire, même si quelqu’un d’autre inscrit votre adresse. C’est irréversible.",
    sure: "J’en suis sûr",
    button: "Oubliez-moi",
    done: { title: "Vous êtes oublié", body: "Tout ce que nous savions de vous est effacé." },
  },
  archive: {
    title: "Archives",
    empty: "Rien n’a encore été envoyé.",
    notFound: {
      title: "Absent des archives",
      body: "Aucun courriel ne se trouve à cette adresse, ou il n’est pas public.",
    },
    withdrawn: { title: "Retiré", body: "L’auteur a retiré cet article." },
  },
};
