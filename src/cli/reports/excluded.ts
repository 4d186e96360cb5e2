/** Why people on a list get no email, in words for reports. The ledger and the JSON documents keep the short names. */

const words = new Map([
  ["had it elsewhere", "already received it from another service"],
  ["wanted less often", "chose to get fewer emails"],
]);

export function exclusionText(name: string): string {
  return words.get(name) ?? name;
}
