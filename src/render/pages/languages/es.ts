/** The words of the readers' pages in Spanish. */

import type { PageWords } from "../vocabulary.ts";

export const spanish: PageWords = {
  invalidLink: {
    title: "Este enlace no funciona",
    body: "Puede que sea demasiado antiguo o que se haya perdido una parte. Cada correo lleva enlaces nuevos al pie.",
  },
  unsubscribe: {
    title: "Darse de baja",
    body: (list) => `Un clic, y ya no le enviaremos «${list}».`,
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
    body: "Recibirá un correo con un enlace. Antes de que lo pulse no le enviaremos nada más.",
    address: "Correo electrónico",
    name: "Nombre",
    optional: "opcional",
    lists: "¿Qué desea recibir?",
    button: "Suscribirme",
    leaveEmpty: "Deje este campo vacío",
  },
  problems: {
    title: "Revise los datos",
    address: "No se puede enviar correo a esta dirección.",
    lists: "Elija al menos una lista.",
    forget: "Marque la casilla si está seguro.",
  },
  asked: {
    title: "Mire su correo",
    body: "Si esta dirección puede recibir correo y aún no está en la lista, un mensaje con un enlace está en camino. El enlace sirve durante tres días.",
  },
  tooMany: { title: "Demasiadas peticiones", body: "Espere unos minutos e inténtelo de nuevo." },
  confirm: {
    title: "Confirmar la suscripción",
    body: (list) => `Un clic, y «${list}» es suyo.`,
    button: "Sí, envíenmelo",
  },
  confirmed: { title: "Bienvenida", body: (list) => `Está en la lista: el próximo «${list}» le llegará.` },
  preferences: {
    title: "Sus preferencias",
    body: (address) => `Para el correo a ${address}`,
    lists: "Qué recibe",
    frequency: "Con qué frecuencia",
    each: "Todos los correos",
    weekly: "Como mucho uno por semana",
    monthly: "Como mucho uno al mes",
    nameKept: "Hay un nombre guardado que no se muestra aquí. Deje este campo vacío para conservarlo.",
    frequencyNote: "Lo que aparezca entretanto no se le enviará después; queda en el archivo.",
    language: "Idioma de nuestras propias palabras",
    save: "Guardar",
    saved: "Su elección se ha guardado.",
    leaveAll: "Darme de baja de todo",
    leftAll: "No recibirá nada más de nosotros.",
  },
  tracking: {
    title: "Qué medimos",
    none: "Nada: no vemos si abre un correo ni si sigue un enlace.",
    some: (lists) => `En ${lists} vemos si abre un correo y qué enlaces sigue.`,
  },
  data: {
    title: "Sus datos",
    body: "Los correos se reenvían. Por eso enviamos a su dirección un enlace que sirve durante una hora y muestra todo lo que sabemos de usted; allí puede llevárselo o hacer que se borre.",
    button: "Envíenme el enlace",
    sent: {
      title: "Mire su correo",
      body: "Un mensaje con un enlace está en camino. El enlace sirve durante una hora.",
    },
    open: "Abrir mis datos",
    download: "Descargar todo como JSON",
  },
  forget: {
    title: "Olvidarme",
    body: "Borramos su dirección, su nombre y todo lo que nos dijo. Solo queda un código que nos dice que no volvamos a escribirle nunca, aunque otra persona apunte su dirección. No se puede deshacer.",
    sure: "Tengo la certeza",
    button: "Olvídenme",
    done: { title: "Le hemos olvidado", body: "Todo lo que sabíamos de usted está borrado." },
  },
  archive: {
    title: "Archivo",
    empty: "Todavía no se ha enviado nada.",
    notFound: { title: "No está en el archivo", body: "No hay ningún correo en esta dirección, o no es para todos." },
    withdrawn: { title: "Retirado", body: "El autor ha retirado esta publicación." },
  },
};
