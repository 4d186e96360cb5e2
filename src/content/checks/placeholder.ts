/** Recognises placeholders in place of an address. */

/** Whether the target of a link is a placeholder: `TODO`, `ADD LINK TO THE DOCS`, `link-here`, `url`. */
export function isPlaceholder(target: string): boolean {
  if (target.length > 200) return false;
  const text = target.replaceAll("%20", " ").replace(/^[#/<\s]+|[>\s]+$/g, "");
  return shouted.test(text) || reminder.test(text);
}

/** Several words in capitals. A single one may be a file name, such as `LICENSE`. */
const shouted = /^[A-Z][A-Z0-9'_-]*(?: [A-Z0-9'_?!.-]+)+$/;

const reminder =
  /^(?:(?:to ?do|tbd|fix ?me|xxx+|placeholder|insert|url|link|href)[?!.:]*|(?:todo|tbd|fixme|xxx)[\s:!?._,].*|(?:add|insert|put|your)[ _-](?:\w+[ _-])?(?:link|url|address)\b.*|(?:link|url)[ _-](?:to|here|goes)\b.*)$/i;
