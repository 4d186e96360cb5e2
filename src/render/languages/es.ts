/** Spanish. */

import type { Words } from "../words.ts";

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
  image: (alt) => `Imagen: ${alt}`,
  wideTable: "Esta tabla es ancha: véala en la web.",
  links: "Enlaces",
  reason: (list, site) =>
    list === site
      ? `Recibe este mensaje porque se suscribió a ${site}.`
      : `Recibe este mensaje porque se suscribió a «${list}» de ${site}.`,
  unsubscribe: "Darse de baja",
  withdrawn: "El autor ha retirado este artículo.",
  callouts: { note: "Nota", tip: "Consejo", important: "Importante", warning: "Advertencia", caution: "Precaución" },
};
