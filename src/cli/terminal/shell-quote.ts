/** A command that we print must do the same when it is pasted, whatever its arguments hold. */

/** As a POSIX shell reads it back: quoted only where that is needed. */
export function shellCommand(parts: readonly string[]): string {
  return parts.map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`)).join(" ");
}
