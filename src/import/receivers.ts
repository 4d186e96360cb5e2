/** Reads the addresses of people who got a post from another service, in parts. */

import { PostriderError } from "#core/errors.ts";
import { presets } from "./presets.ts";
import { type Rejected, readRows } from "./rows.ts";
import { detectSource } from "./source.ts";

const atOnce = 5_000;

interface Receivers {
  addresses: string[];
  rejected: Rejected[];
}

/** @param address - the title of the column; default: found by its title or its values. @throws PostriderError for a file without one */
export async function* readReceivers(file: string, address?: string): AsyncGenerator<Receivers, void> {
  const plain = presets["plain"];
  if (!plain) throw new PostriderError("internal", "There is no plain preset");
  const named = { ...(address !== undefined && { address }) };
  let share: Receivers = { addresses: [], rejected: [] };
  for await (const rows of readRows(file, await detectSource(file, {}), { preset: plain, named, list: null }))
    for (const row of rows) {
      if ("rejected" in row) share.rejected.push(row.rejected);
      else if ("row" in row) share.addresses.push(row.row.address);
      if (share.addresses.length + share.rejected.length < atOnce) continue;
      yield share;
      share = { addresses: [], rejected: [] };
    }
  yield share;
}
