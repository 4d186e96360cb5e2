/** The interface's words in Spanish. */

import type { Words } from "../vocabulary.ts";

export const spanish: Words = {
  language: "es",
  direction: "ltr",
  viewInBrowser: "Ver en el navegador",
  readOnWeb: "Leer en la web",
  continueReading: "Seguir leyendo",
  by: (names) => `Por ${names}`,
  minutes: (minutes) => `${minutes} min de lectura`,
  notes: "Notas",
  note: "nota",
  media: (host) => `Reproducir en ${host}`,
  open: (host) => `Abrir en ${host}`,
  image: (alt) => `Imagen: ${alt}`,
  wideTable: "Esta tabla es ancha. Léala en la web.",
  links: "Enlaces",
  reason: (list, site) =>
    list === site
      ? `Recibe este mensaje porque se suscribió a ${site}.`
      : `Recibe este mensaje porque se suscribió a «${list}» de ${site}.`,
  unsubscribe: "Darse de baja",
  withdrawn: "El autor ha retirado este artículo.",
  alsoOn: "También en",
  preferences: "Preferencias",
  reader: "lector",
  callouts: { note: "Nota", tip: "Consejo", important: "Importante", warning: "Advertencia", caution: "Cuidado" },
  digest: {
    subject: (site) => `Novedades de ${site}`,
    posts: (count) => (count === 1 ? "1 artículo" : `${count} artículos`),
  },
  confirm: {
    subject: (list, site) => `Por favor, confirme: ${full(list, site)}`,
    body: (list, site) =>
      `Usted pidió recibir ${full(list, site)} en esta dirección. Confírmelo con un clic. Si no fue usted, ignore este correo.`,
    button: "Confirmar la suscripción",
    ignore: "Si no la confirma, no volveremos a escribirle.",
  },
  data: {
    subject: (_list, site) => `Sus datos en ${site}`,
    body: (_list, site) => `Este enlace muestra todo lo que ${site} sabe de usted. Sirve durante una hora.`,
    button: "Abrir mis datos",
    ignore:
      "Si no lo pidió usted, no haga nada. No reenvíe este correo: cualquier persona que lo tenga puede abrir el enlace.",
  },
  welcome: {
    subject: (list, site) => `Le damos la bienvenida a ${full(list, site)}`,
    body: (list, site) =>
      `Ya está en la lista de ${full(list, site)}. Recibirá el próximo correo. Cada correo tiene al final un enlace para darse de baja.`,
    button: "Leer los correos anteriores",
  },
};

function full(list: string, site: string): string {
  return list === site ? site : `«${list}» de ${site}`;
}
