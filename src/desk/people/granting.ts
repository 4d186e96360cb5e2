/** What an actor may give to others: never more than they have themselves. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import type { Permission } from "#core/people/permission.ts";
import { nameProblem } from "#core/people/person.ts";
import { suggestion } from "#core/spelling.ts";
import type { Actor } from "../act.ts";
import type { DeskPorts } from "../ports.ts";

/** @throws PostriderError `forbidden` */
export function requireOwnPermissions({ permissions }: Actor, given: readonly Permission[]): void {
  const missing = given.filter((each) => !permissions.includes(each));
  if (missing.length === 0) return;
  throw new PostriderError("forbidden", `You can't give the permission "${missing[0]}", because you do not have it`, {
    hint: "The command line on the machine of the site can give everything.",
  });
}

/** The name of somebody or something that may exist. PostgreSQL stores no NUL. */
export const nameAsked = z.string().regex(/^[^\0]*$/, { error: "a name can't contain this character" });

/** Names of channels and lists; absent: all. */
export const limitsAsked = {
  channels: z.array(z.string().min(1)).min(1).optional(),
  lists: z.array(z.string().min(1)).min(1).optional(),
};

export type LimitPorts = Pick<DeskPorts, "configuredChannels" | "listsNamed" | "subscribers">;

/** The limits as they are stored. @throws PostriderError `invalid` for an unknown channel or list: it is probably misspelt */
export async function knownLimits(
  { channels, lists }: { channels?: readonly string[] | undefined; lists?: readonly string[] | undefined },
  { configuredChannels, listsNamed, subscribers }: LimitPorts,
): Promise<{ channels: string[] | null; lists: string[] | null }> {
  if (channels)
    requireKnown(
      "channel",
      channels,
      configuredChannels().map(({ channel }) => channel.name),
    );
  if (lists) requireKnown("list", lists, [...new Set([...listsNamed(), ...(await subscribers.listNames())])]);
  return { channels: channels ? [...new Set(channels)] : null, lists: lists ? [...new Set(lists)] : null };
}

function requireKnown(kind: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const nearest = suggestion(unknown, known);
  throw new PostriderError("invalid", `There is no ${kind} "${unknown}"${nearest && `; ${nearest}`}`, {
    hint: known.length > 0 ? `There are: ${known.join(", ")}.` : "",
  });
}

/** @throws PostriderError `invalid` */
export function requireName(name: string): void {
  const problem = nameProblem(name);
  if (problem) throw new PostriderError("invalid", `"${name}" can't be a name: ${problem}`);
}
