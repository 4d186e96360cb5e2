/** Holds the relay's own record against the ledger. */

import { readFileSync } from "node:fs";
import type { Opened } from "./world.ts";

/** Whom the relay took a mail for, in order. */
export function received(record: string): string[] {
  return readFileSync(record, "utf8").split("\n").slice(0, -1);
}

/** What may never be, in a sentence each. */
export async function violations(
  { app }: Opened,
  postId: string,
  recipients: number,
  record: string,
): Promise<string[]> {
  const times = new Map<string, number>();
  for (const address of received(record)) times.set(address, (times.get(address) ?? 0) + 1);
  const { rows } = await app.database.pool.query<{ address: string; state: string }>(
    `select s.address, d.state from postrider.delivery d join postrider.subscriber s on s.id = d.subscriber_id where d.post_id = $1`,
    [postId],
  );
  const stateOf = new Map(rows.map(({ address, state }) => [address, state]));
  const twice = [...times].filter(([, count]) => count > 1).map(([address]) => address);
  const untold = [...times.keys()].filter((address) => !["accepted", "uncertain"].includes(stateOf.get(address) ?? ""));
  const invented = rows.filter(({ address, state }) => state === "accepted" && !times.has(address));
  const audits = await app.ledger.audit((await app.ledger.report(postId))[0]?.id ?? "");
  const told = audits.flatMap(({ problems }) => problems);
  return [
    rows.length !== recipients && `${rows.length} deliveries for ${recipients} recipients`,
    twice.length > 0 && `${twice.length} got it twice: ${twice.slice(0, 3)}`,
    untold.length > 0 &&
      `${untold.length} got it and the ledger says otherwise: ${untold.slice(0, 3).map((a) => `${a} ${stateOf.get(a)}`)}`,
    invented.length > 0 && `${invented.length} are accepted and nobody received them`,
    told.length > 0 && told.join("; "),
  ].filter((violation) => violation !== false);
}
