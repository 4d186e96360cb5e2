/** Quotes a printed command for the shell, so that it works when it is pasted. */

/** Quoted for a POSIX shell, only where that is needed. */
export function shellCommand(parts: readonly string[]): string {
  return parts.map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`)).join(" ");
}
