/** What an operator can do: one act per file, the same for the command line, the API and the library. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";

/**
 * What an actor may do: an owner everything that an operator can do, a reviewer decisions about editions, and a
 * reader only what concerns themselves.
 */
export type Role = "owner" | "reviewer" | "reader";

export interface Actor {
  /** Recorded with every action: `cli`, `api`, `api:<name>`. */
  name: string;
  role: Role;
  /** Works on this machine and may name any file on it. Others can only name posts of the site. */
  isLocal: boolean;
}

/** @template Ports - what the act uses, and nothing more. */
export interface Act<
  Asked extends z.ZodType = z.ZodType,
  Answer = unknown,
  Ports = never,
  Answered extends z.ZodType = z.ZodType,
> {
  /** The schema of the request: JSON, or values of the same types. */
  asks: Asked;
  roles: readonly Role[];
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

export const owners: readonly Role[] = ["owner"];

export function act<Asked extends z.ZodType, Answer, Ports, Answered extends z.ZodType>(
  definition: Act<Asked, Answer, Ports, Answered>,
): Act<Asked, Answer, Ports, Answered> {
  return definition;
}

/** @throws PostriderError `unauthorized` for an actor who may not do this, `invalid` for a wrong request, and what the act throws */
export async function perform<Asked extends z.ZodType, Answer, Ports>(
  { asks, roles, run }: Act<Asked, Answer, Ports>,
  asked: z.input<Asked>,
  actor: Actor,
  ports: Ports,
): Promise<Answer> {
  if (!roles.includes(actor.role)) throw new PostriderError("unauthorized", `The role ${actor.role} may not do this`);
  return run(parseAsked(asks, asked), actor, ports);
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
