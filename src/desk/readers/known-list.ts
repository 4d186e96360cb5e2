/** Checks list names. A mistyped name would otherwise create a list that no channel sends to. */

import { PostriderError } from "#core/errors.ts";
import { suggestion } from "#core/spelling.ts";
import type { DeskPorts } from "../ports.ts";

export type ListPorts = Pick<DeskPorts, "subscribers" | "listsNamed" | "mailedLists">;

/** @throws PostriderError `not_found` for a list that is neither in the configuration nor in the database */
export async function requireList(list: string, { subscribers, listsNamed }: ListPorts): Promise<void> {
  const known = [...new Set([...listsNamed(), ...(await subscribers.listNames())])];
  if (known.includes(list)) return;
  const nearest = suggestion(list, known);
  throw new PostriderError("not_found", `There is no list "${list}"${nearest && `; ${nearest}`}`, {
    hint: `${known.length > 0 ? `Lists are ${known.join(", ")}. ` : ""}Use --create-list to make a new one; over HTTP "createList": true.`,
  });
}

/** A warning about a list that no channel sends to, because it is probably misspelt; `null` if there is no problem. */
export function unmailedList(list: string, { mailedLists }: Pick<ListPorts, "mailedLists">): string | null {
  const mailed = [...mailedLists().keys()];
  if (mailed.includes(list)) return null;
  const hint = suggestion(list, mailed) || (mailed.length > 0 ? `the lists are ${mailed.join(", ")}` : "");
  return `No channel sends to the list "${list}"${hint && `; ${hint}`}`;
}
