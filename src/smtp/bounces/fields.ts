/** Parses groups of header fields in reports about emails (RFC 3464 §2.1, RFC 5965 §3). */

export type Fields = ReadonlyMap<string, string[]>;

/** Empty lines separate groups; names in lower case; a folded line belongs to the one before it. */
export function readFields(text: string): Fields[] {
  const groups: Fields[] = [];
  let group = new Map<string, string[]>();
  let last: string[] | null = null;
  for (const line of text.slice(0, longest).split(/\r\n|\r|\n/)) {
    if (line.trim() === "") {
      if (group.size > 0) groups.push(group);
      if (groups.length >= mostGroups) return groups;
      group = new Map();
      last = null;
    } else if (/^[ \t]/.test(line) && last) {
      last.push(`${last.pop() ?? ""} ${line.trim()}`);
    } else {
      const colon = line.indexOf(":");
      const name = line.slice(0, colon).trim().toLowerCase();
      if (colon < 1 || /\s/.test(name)) continue;
      last = group.get(name) ?? [];
      last.push(line.slice(colon + 1).trim());
      group.set(name, last);
    }
  }
  if (group.size > 0) groups.push(group);
  return groups;
}

/** `rfc822; ada@example.org` -> `ada@example.org`: the type before the semicolon is left out. */
export function typed(value: string | undefined): string | undefined {
  const text = value?.replace(/^[\w-]+\s*;\s*/, "").trim();
  return text || undefined;
}

/** The address without brackets, comments and xtext (RFC 3461 §4). */
export function addressIn(value: string | undefined): string | undefined {
  const text = typed(value)?.replace(/\+([0-9A-F]{2})/g, (_, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[+=@]/.test(character) ? character : `+${hex}`;
  });
  // Without bounds, a long word without an @ would be looked through from each of its letters.
  return /[^\s<>()[\]:;,"'`|]{1,256}@[\p{L}\p{N}][\p{L}\p{N}.-]{0,253}[\p{L}\p{N}]/u.exec(text ?? "")?.[0];
}

const longest = 256 * 1024;
/** One group for the message, and one for each recipient. */
const mostGroups = 1_001;
