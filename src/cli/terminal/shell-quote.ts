/** Quotes a printed command for the shell, so that it works when it is pasted. */

/** As a POSIX shell reads it back: quoted only where that is needed. */
export function shellCommand(parts: readonly string[]): string {
  return parts.map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`)).join(" ");
}
