/** Colours for code in a mail, as classes: a client that strips the style sheet shows plain code, which is as good. */

import hljs from "highlight.js/lib/common";

/** What a piece of code is; each has a colour in the theme. The letters are class names, short because there are many. */
export const codeRoles = { keyword: "ck", text: "ct", comment: "cc", value: "cv", name: "cn" } as const;
type Role = keyof typeof codeRoles;

/** Longer listings stay plain: time and mail size are bounded. */
const longest = 12_000;

const roles: Record<string, Role> = {
  keyword: "keyword",
  "selector-tag": "keyword",
  tag: "keyword",
  meta: "keyword",
  deletion: "keyword",
  string: "text",
  regexp: "text",
  addition: "text",
  quote: "comment",
  comment: "comment",
  doctag: "comment",
  number: "value",
  literal: "value",
  symbol: "value",
  "template-variable": "value",
  variable: "value",
  title: "name",
  name: "name",
  attr: "name",
  attribute: "name",
  property: "name",
  "selector-class": "name",
  "selector-id": "name",
  type: "name",
  section: "name",
};

/** HTML of the listing, or `null` where the language isn't known. */
export function highlight(text: string, language: string): string | null {
  if (text.length > longest || !hljs.getLanguage(language)) return null;
  const { value } = hljs.highlight(text, { language, ignoreIllegals: true });
  const open: boolean[] = [];
  return value.replace(/<span class="hljs-([\w-]+)[^"]*">|<span[^>]*>|<\/span>/g, (tag, kind: string | undefined) => {
    if (tag === "</span>") return open.pop() ? tag : "";
    const role = kind === undefined ? undefined : roles[kind];
    open.push(role !== undefined);
    return role ? `<span class="${codeRoles[role]}">` : "";
  });
}
