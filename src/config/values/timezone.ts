/** Checks names of time zones. */

/** A name of the IANA database, as this machine knows it. */
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
