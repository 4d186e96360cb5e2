/** Measures how deep HTML elements are nested. Beyond a depth, `sanitize` removes their tags. */

/** Limited, because printers are recursive. */
export const deepestElement = 100;

/** Call it for a post's pieces of HTML in order. It returns whether an element is too deep. */
export function openNesting(): (html: string) => boolean {
  const open: string[] = [];
  return (html) => {
    let isDeep = false;
    for (const [, slash, name = ""] of html.matchAll(/<(\/?)([a-z][a-z\d]*)/gi)) {
      const tag = name.toLowerCase();
      if (slash) {
        const at = open.lastIndexOf(tag);
        if (at !== -1) open.length = at;
      } else if (!unnested.has(tag)) {
        if (open.length < deepestElement) open.push(tag);
        else isDeep = true;
      }
    }
    return isDeep;
  };
}

/** Elements without a closing tag, or that the next element closes. */
const unnested = new Set(
  "area base br col command dd dt embed hr img input keygen li link meta optgroup option p param rp rt source tbody td tfoot th thead tr track wbr".split(
    " ",
  ),
);
