/** What an operator can do: one act per file, the same for the command line, the API and the library. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import { type LinkPermission, type Permission, rolesWith } from "#core/people/permission.ts";

export interface Actor {
  /** Recorded with every action: `cli`, `api`, `api:<name>`. */
  name: string;
  /** What they may do. */
  permissions: readonly Need[];
  /** Works on this machine and may name any file on it. Others can only name posts of the site. */
  isLocal: boolean;
}

type Need = Permission | LinkPermission;

/** @template Ports - what the act uses, and nothing more. */
export interface Act<
  Asked extends z.ZodType = z.ZodType,
  Answer = unknown,
  Ports = never,
  Answered extends z.ZodType = z.ZodType,
> {
  /** The schema of the request: JSON, or values of the same types. */
  asks: Asked;
  /** The permission that an actor must have. Of several, one is enough. */
  needs: Need | readonly Need[];
  /** The schema of the document. If the answer is a stream: the schema of one row. */
  answers: Answered;
  /** Converts the answer into a JSON document, the same for `--json` and the API. */
  document(answer: Answer, shown: Shown): z.input<Answered>;
  /** @throws PostriderError */
  run(asked: z.output<Asked>, actor: Actor, ports: Ports): Promise<Answer>;
}

/** The `document` of an act whose answer is a stream: its rows already are documents. */
export function streamed(): never {
  throw new Error("A stream is written row by row");
}

/** How names are shown to the caller. */
export interface Shown {
  /** The path of a post as the caller knows it. */
  placeOf(path: string): string;
}

export function act<Asked extends z.ZodType, Answer, Ports, Answered extends z.ZodType>(
  definition: Act<Asked, Answer, Ports, Answered>,
): Act<Asked, Answer, Ports, Answered> {
  return definition;
}

/** @throws PostriderError `forbidden` for an actor who may not do this, `invalid` for a wrong request, and what the act throws */
export async function perform<Asked extends z.ZodType, Answer, Ports>(
  definition: Act<Asked, Answer, Ports>,
  asked: z.input<Asked>,
  actor: Actor,
  ports: Ports,
): Promise<Answer> {
  requirePermission(definition, asked, actor);
  return definition.run(parseAsked(definition.asks, asked), actor, ports);
}

/** @throws PostriderError `forbidden` */
function requirePermission(definition: Pick<Act, "asks" | "needs">, asked: unknown, { permissions }: Actor): void {
  const needed = neededFor(definition, asked);
  if (needed.some((each) => permissions.includes(each))) return;
  const [first] = needed;
  const having = rolesWith(needed);
  throw new PostriderError("forbidden", `This needs the permission "${first}", which you do not have`, {
    hint:
      having.length > 0
        ? `Ask an admin for a role that has it (${having.join(", ")}), or for a token with this scope.`
        : "Only the link in an email gives it.",
  });
}

/** A dry run changes nothing, so `check` is enough. But a dry run about readers shows who they are. */
function neededFor({ asks, needs }: Pick<Act, "asks" | "needs">, asked: unknown): readonly Need[] {
  const needed = typeof needs === "string" ? [needs] : needs;
  const hasDryRun = asks instanceof z.ZodObject && "dryRun" in asks.shape;
  const isDryRun = hasDryRun && (asked as { dryRun?: unknown } | null)?.dryRun === true;
  return isDryRun && !needed.includes("readers") ? [...needed, "check"] : needed;
}

/** @throws PostriderError `invalid`, with the first field that is wrong */
export function parseAsked<Asked extends z.ZodType>(asks: Asked, asked: unknown): z.output<Asked> {
  const result = asks.safeParse(asked);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.length ? `${issue.path.join(".")}: ` : "";
  throw new PostriderError("invalid", `The request is not valid: ${where}${issue?.message}`);
}

/** Without the keys that are `undefined`. */
export function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}

/** Fields that several acts ask for. */
export const fields = {
  channels: z.array(z.string().min(1)).min(1).optional(),
  reason: z.string().max(500),
  /** ISO 8601 with an offset. */
  time: z.union([z.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))]),
  dryRun: z.boolean().optional(),
};
