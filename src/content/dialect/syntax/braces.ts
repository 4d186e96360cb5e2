/** Finds tags in braces: Hugo's shortcodes, Liquid and Nunjucks, Tera. */

import { parseArguments, type Tag } from "./tag.ts";

/** `{{< name args >}}`, `{{% name args %}}`, `{{< /name >}}`, `{{< name />}}`. */
export function* shortcodes(body: string): Generator<Tag> {
  for (const match of body.matchAll(
    /\{\{[<%]-?\s{0,20}(\/?)\s{0,20}([\w./-]{1,80})((?:(?!\{\{[<%])[\s\S]){0,2000}?)(\/?)\s{0,20}-?[>%]\}\}/g,
  )) {
    const [raw, slash, name = "", text = "", own] = match;
    const role = slash ? "end" : own ? "single" : "both";
    const place = { start: match.index, end: match.index + raw.length };
    yield { syntax: "shortcode", role, name, args: parseArguments(text), ...place };
  }
}

/** `{% name args %}` and its end `{% endname %}`; `{% endhighlight %}` ends `highlight`. */
export function* liquidTags(body: string): Generator<Tag> {
  for (const match of body.matchAll(/\{%[-+]?\s{0,20}([A-Za-z][\w-]{0,80})((?:(?!%\})[\s\S]){0,2000}?)[-+]?%\}/g)) {
    const [raw, word = "", text = ""] = match;
    const ends = /^end_?(?=[a-z])/i.exec(word)?.[0];
    const name = ends ? word.slice(ends.length) : word;
    const place = { start: match.index, end: match.index + raw.length };
    yield { syntax: "liquid", role: ends ? "end" : "both", name, args: parseArguments(text), ...place };
  }
}

/** `{{ name(args) }}`, and `{% name(args) %}` up to `{% end %}`. */
export function* teraTags(body: string): Generator<Tag> {
  const pattern =
    /\{(?:\{-?\s{0,20}([a-z_]\w{0,80})\(((?:(?!\}\})[\s\S]){0,2000}?)\)\s{0,20}-?\}|%-?\s{0,20}(?:(end)|([a-z_]\w{0,80})\(((?:(?!%\})[\s\S]){0,2000}?)\))\s{0,20}-?%)\}/g;
  for (const match of body.matchAll(pattern)) {
    const [raw, single, singleText, end, open, openText] = match;
    const place = { start: match.index, end: match.index + raw.length };
    const args = parseArguments(singleText ?? openText ?? "");
    yield {
      syntax: "tera",
      role: single ? "single" : end ? "end" : "both",
      name: single ?? open ?? "",
      args,
      ...place,
    };
  }
}
