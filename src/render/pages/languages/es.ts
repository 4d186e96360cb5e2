/** The words of the readers' pages in Spanish. */

import type { PageWords } from "../vocabulary.ts";

export const spanish: PageWords = {
  invalidLink: {
    title: "Este enlace no funciona",
    body: "Puede que sea demasiado antiguo o esté incompleto. Cada correo tiene enlaces nuevos al final.",
  },
  unsubscribe: {
    title: "Darse de baja",
    body: (list) => `Confirme que ya no desea recibir «${list}» por correo.`,
    button: "Darme de baja",
  },
  unsubscribed: {
    title: "Se ha dado de baja",
    body: (list) => `Ya no le enviaremos «${list}». Un correo que ya estaba en camino aún puede llegar.`,
    mistake: "¿Fue un error?",
    again: "Suscribirse de nuevo",
  },
  subscribe: {
    title: (site) => `Suscribirse a ${site}`,
    body: "Le enviaremos un correo con un enlace. No recibirá nada más hasta que lo pulse.",
    address: "Correo electrónico",
    name: "Nombre",
    optional: "opcional",
    lists: "¿Qué desea recibir?",
    button: "Suscribirme",
    leaveEmpty: "Deje este campo vacío",
  },
  problems: {
    title: "Revise los datos",
    address: "Escriba una dirección de correo completa, por ejemplo name@example.org.",
    lists: "Elija al menos una lista.",
    forget: "Marque la casilla si está seguro.",
  },
  asked: {
    title: "Revise su correo",
    body: "Si esta dirección aún no está en la lista, le hemos enviado un correo con un enlace. Pulse el enlace para confirmar. Sirve durante tres días.",
  },
  tooMany: { title: "Demasiadas peticiones", body: "Espere unos minutos e inténtelo de nuevo." },
  confirm: {
    title: "Confirmar la suscripción",
    body: (list) => `Confirme que desea recibir «${list}» por correo.`,
    button: "Confirmar la suscripción",
  },
  confirmed: { title: "Bienvenida", body: (list) => `Está en la lista. Recibirá el próximo «${list}».` },
  preferences: {
    title: "Sus preferencias",
    body: (address) => `Para los correos a ${address}`,
    lists: "Qué recibe",
    frequency: "Con qué frecuencia",
    each: "Todos los correos",
    weekly: "Como mucho uno por semana",
    monthly: "Como mucho uno al mes",
    nameKept: "Tenemos su nombre y no lo mostramos aquí. Deje este campo vacío para conservarlo.",
    frequencyNote: "No le enviaremos los demás correos más tarde. Puede leerlos en el archivo.",
    language: "Idioma de los botones y avisos",
    save: "Guardar",
    saved: "Su elección se ha guardado.",
    leaveAll: "Darme de baja de todo",
    leftAll: "No recibirá más correos de nosotros.",
  },
  tracking: {
    title: "Qué medimos",
    none: "Nada. No vemos si abre un correo ni si pulsa un enlace.",
    some: (lists) => `En ${lists} vemos si abre un correo y qué enlaces pulsa.`,
  },
  data: {
    title: "Sus datos",
    body: "Puede descargar o borrar todo lo que sabemos de usted. Para estar seguros de que es usted, enviamos un enlace a su dirección. Sirve durante una hora.",
    button: "Envíenme el enlace",
    sent: {
      title: "Revise su correo",
      body: "Le hemos enviado un correo con un enlace. El enlace sirve durante una hora.",
    },
    open: "Abrir mis datos",
    download: "Descargar todo como JSON",
  },
  forget: {
    title: "Borrar mis datos",
    body: "Borramos su dirección, su nombre y todo lo que nos dijo. Solo guardamos un código para no volver a escribirle nunca, aunque otra persona añada su dirección a una lista. No se puede deshacer.",
    sure: "Confirmo que quiero borrarlos",
    button: "Borrar mis datos",
    done: { title: "Hemos borrado sus datos", body: "Hemos borrado todo lo que sabíamos de usted." },
  },
  front: {
    blog: "Leer el blog",
    newest: "Correos más recientes",
    feeds: "Canales",
    feedsNote: "Un canal muestra las entradas nuevas en un lector de canales. No necesita una cuenta.",
    allFeeds: "Todos los canales",
  },
  archive: {
    title: "Archivo",
    empty: "Todavía no se ha enviado ningún correo.",
    notFound: { title: "No está en el archivo", body: "No hay ningún correo en esta dirección, o no es público." },
    withdrawn: { title: "Retirado", body: "El autor ha retirado esta publicación." },
  },
};
