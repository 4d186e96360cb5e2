/** Finds lists by their names. A name that was mistyped would otherwise make a list that no channel sends to. */

import { PostriderError } from "#core/errors.ts";
import { suggestion } from "#core/spelling.ts";
import type { DeskPorts } from "../ports.ts";

export type ListPorts = Pick<DeskPorts, "subscribers" | "listsNamed" | "mailedLists">;

/** @throws PostriderError `not_found` for a list that neither the configuration names nor anybody is on */
export async function requireList(list: string, { subscribers, listsNamed }: ListPorts): Promise<void> {
  const known = [...new Set([...listsNamed(), ...(await subscribers.listNames())])];
  if (known.includes(list)) return;
  const nearest = suggestion(list, known);
  throw new PostriderError("not_found", `There is no list "${list}"${nearest && `; ${nearest}`}`, {
    hint: `${known.length > 0 ? `Lists are ${known.join(", ")}. ` : ""}Use --create-list to make a new one.`,
  });
}

/** A list that no channel mails to is probably one that was mistyped: a sentence, or `null`. */
export function unmailedList(list: string, { mailedLists }: Pick<ListPorts, "mailedLists">): string | null {
  const mailed = [...mailedLists().keys()];
  if (mailed.includes(list)) return null;
  const hint = suggestion(list, mailed) || (mailed.length > 0 ? `the lists are ${mailed.join(", ")}` : "");
  return `No channel sends to the list "${list}"${hint && `; ${hint}`}`;
}
