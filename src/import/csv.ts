/** Writes CSV cells (RFC 4180) that spreadsheets don't run as formulas. */

/** A spreadsheet treats a cell that begins with one of these as a formula. A quote in front makes it text (OWASP, "CSV Injection"). */
export function csvCell(value: string): string {
  const safe = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Removes the quote that `csvCell` put in front. */
export function unguarded(text: string): string {
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}
