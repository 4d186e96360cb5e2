/**
 * The names of HTML elements. Another word in angle brackets, such as `<POWERPROFILE>`, is text that readers must see.
 */

/**
 * Escapes tags of unknown elements, unless the text also closes them: `<Tabs>…</Tabs>` is a component whose content
 * counts, `<host>` is text. Code is already escaped and not changed.
 */
export function showUnknownTags(html: string): string {
  const closed = new Set<string>();
  for (const [, name] of html.matchAll(/<\/([a-z][^\s/>]*)/gi)) closed.add((name ?? "").toLowerCase());
  return html.replace(/<(?=\/?([a-z][^\s/>]*))/gi, (bracket, name: string) =>
    known.has(name.toLowerCase()) || closed.has(name.toLowerCase()) ? bracket : "&lt;",
  );
}

/** The elements of the HTML standard with its obsolete ones, and the roots of SVG and MathML. */
const known = new Set(
  `a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
  button canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl
  dt element em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
  html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu
  menuitem meta meter multicol nav nobr noembed noframes noscript object ol optgroup option output p param picture
  plaintext pre progress q rb rp rt rtc ruby s samp script search section select shadow slot small source spacer span
  strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var
  video wbr xmp`.split(/\s+/),
);
