/** The words of the readers' pages in French. */

import type { PageWords } from "../vocabulary.ts";

export const french: PageWords = {
  invalidLink: {
    title: "Ce lien ne fonctionne pas",
    body: "Il est peut-être trop ancien ou incomplet. Chaque courriel contient de nouveaux liens à la fin.",
  },
  unsubscribe: {
    title: "Se désabonner",
    body: (list) => `Confirmez que vous ne souhaitez plus recevoir « ${list} » par courriel.`,
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
    body: "Nous vous enverrons un courriel avec un lien. Vous ne recevrez rien d’autre avant d’avoir cliqué dessus.",
    address: "Adresse électronique",
    name: "Nom",
    optional: "facultatif",
    lists: "Que souhaitez-vous recevoir ?",
    button: "S’abonner",
    leaveEmpty: "Laissez ce champ vide",
  },
  problems: {
    title: "Veuillez vérifier votre saisie",
    address: "Saisissez une adresse électronique complète, par exemple name@example.org.",
    lists: "Choisissez au moins une liste.",
    forget: "Cochez la case si vous en êtes sûr.",
  },
  asked: {
    title: "Consultez votre messagerie",
    body: "Si cette adresse n’est pas encore inscrite, nous lui avons envoyé un courriel avec un lien. Cliquez sur le lien pour confirmer. Il est valable trois jours.",
  },
  tooMany: { title: "Trop de demandes", body: "Attendez quelques minutes, puis réessayez." },
  confirm: {
    title: "Confirmer l’abonnement",
    body: (list) => `Confirmez que vous souhaitez recevoir « ${list} » par courriel.`,
    button: "Confirmer l’abonnement",
  },
  confirmed: {
    title: "Bienvenue",
    body: (list) => `Vous êtes inscrit. Vous recevrez le prochain « ${list} ».`,
  },
  preferences: {
    title: "Vos préférences",
    body: (address) => `Pour les courriels à ${address}`,
    lists: "Ce que vous recevez",
    frequency: "À quelle fréquence",
    each: "Chaque courriel",
    weekly: "Un par semaine au plus",
    monthly: "Un par mois au plus",
    nameKept: "Nous avons votre nom et ne l’affichons pas ici. Laissez ce champ vide pour le garder.",
    frequencyNote: "Les autres courriels ne vous sont pas envoyés plus tard. Vous pouvez les lire dans les archives.",
    language: "Langue des boutons et des messages",
    save: "Enregistrer",
    saved: "Votre choix est enregistré.",
    leaveAll: "Se désabonner de tout",
    leftAll: "Vous ne recevrez plus de courriels de notre part.",
  },
  tracking: {
    title: "Ce que nous mesurons",
    none: "Rien. Nous ne voyons ni si vous ouvrez un courriel, ni si vous cliquez sur un lien.",
    some: (lists) => `Pour ${lists}, nous voyons si vous ouvrez un courriel et sur quels liens vous cliquez.`,
  },
  data: {
    title: "Vos données",
    body: "Vous pouvez télécharger ou effacer tout ce que nous savons de vous. Pour être sûrs que c’est bien vous, nous envoyons un lien à votre adresse. Il est valable une heure.",
    button: "Envoyez-moi le lien",
    sent: {
      title: "Consultez votre messagerie",
      body: "Nous vous avons envoyé un courriel avec un lien. Le lien est valable une heure.",
    },
    open: "Ouvrir mes données",
    download: "Tout télécharger en JSON",
  },
  forget: {
    title: "Effacer mes données",
    body: "Nous effaçons votre adresse, votre nom et tout ce que vous nous avez dit. Nous gardons seulement un code pour ne plus jamais vous écrire, même si quelqu’un d’autre ajoute votre adresse à une liste. Cette action est irréversible.",
    sure: "J’en suis sûr",
    button: "Effacer mes données",
    done: { title: "Vos données sont effacées", body: "Nous avons effacé tout ce que nous savions de vous." },
  },
  front: {
    blog: "Lire le blog",
    newest: "Derniers courriels",
    feeds: "Flux",
    feedsNote: "Un flux affiche les nouveaux articles dans un lecteur de flux. Aucun compte n’est nécessaire.",
    allFeeds: "Tous les flux",
  },
  archive: {
    title: "Archives",
    empty: "Aucun courriel n’a encore été envoyé.",
    notFound: {
      title: "Absent des archives",
      body: "Aucun courriel ne se trouve à cette adresse, ou il n’est pas public.",
    },
    withdrawn: { title: "Retiré", body: "L’auteur a retiré cet article." },
  },
};
