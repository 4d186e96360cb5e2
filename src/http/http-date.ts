/** Parses dates of HTTP (RFC 9110 §5.6.7) in their three forms, strictly. */

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const time = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";
const forms = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(`^[A-Z][a-z]{2}, (?<day>\\d\\d) (?<month>[A-Z][a-z]{2}) (?<year>\\d{4}) ${time} GMT$`),
  // Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(`^[A-Z][a-z]+day, (?<day>\\d\\d)-(?<month>[A-Z][a-z]{2})-(?<year>\\d\\d) ${time} GMT$`),
  // Sun Nov  6 08:49:37 1994: GMT, too
  new RegExp(`^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})$`),
];

/** Seconds since 1970, or `null` for an invalid date: the condition is then ignored. */
export function parseHttpDate(text: string, now = new Date()): number | null {
  const fields = forms.map((form) => form.exec(text.trim())?.groups).find(Boolean);
  const month = months.indexOf(fields?.["month"] ?? "");
  if (!fields || month < 0) return null;
  const { day, year = "", hour, minute, second } = fields;
  const at = Date.UTC(fullYear(year, now), month, Number(day), Number(hour), Number(minute), Number(second));
  return at / 1000;
}

/** A two-digit year that would be more than 50 years in the future means the past. */
function fullYear(year: string, now: Date): number {
  if (year.length === 4) return Number(year);
  const guess = Math.floor(now.getUTCFullYear() / 100) * 100 + Number(year);
  return guess > now.getUTCFullYear() + 50 ? guess - 100 : guess;
}
