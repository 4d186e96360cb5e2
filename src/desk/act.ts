/** What an operator can do: one act per file, the same for the command line, the API and the library. */

import { z } from "zod";
import type { Door } from "#core/audit/audit.ts";
import { PostriderError } from "#core/errors.ts";
import { type LimitKind, type Limits, limitKinds } from "#core/people/limits.ts";
import { type LinkPermission, type Permission, rolesWith } from "#core/people/permission.ts";
import type { KeyedRequest } from "#core/requests/request.ts";
import { audited, type Recording } from "./audited.ts";
import { requireHeld } from "./limits.ts";

export interface Actor {
  /** Recorded with every action: `cli`, `api`, `api:<name>`. */
  name: string;
  door: Door;
  /** What they may do. */
  permissions: readonly Need[];
  /** Absent: everything. */
  limits?: Limits;
  /** When their token ends. Absent: never. */
  until?: Date;
  /** The request's key, if the caller gave one. */
  request?: KeyedRequest;
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
  /** As the audit log names it: `campaigns.pause`. */
  name: string;
  /** It changes nothing, and is not in the audit log. Acts that need no more than `read` or `check` are never in it. */
  looks?: true;
  /** For the audit log: what there is before the act. */
  before?(asked: z.output<Asked>, ports: Ports): Promise<unknown>;
  /** For the audit log: what came of it. */
  after?(answer: Answer): unknown;
  /** The schema of the request: JSON, or values of the same types. */
  asks: Asked;
  /** The permission that an actor must have. Of several, one is enough. */
  needs: Need | readonly Need[];
  /**
   * The limits with which it can be done: it keeps within them, or does not concern them. Absent: none, and whoever is
   * limited to channels or lists may not do it.
   */
  within?: readonly LimitKind[];
  /** An assistant may do it, although it changes something. */
  forAssistants?: true;
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

/**
 * Does an act, and records it in the audit log.
 * @throws PostriderError `forbidden` for an actor who may not do this, `invalid` for a wrong request, and what the act throws
 */
export async function perform<Asked extends z.ZodType, Answer, Ports>(
  definition: Act<Asked, Answer, Ports>,
  asked: z.input<Asked>,
  actor: Actor,
  ports: Ports,
): Promise<Answer> {
  const { name, after } = definition;
  const work = async (note?: (before: unknown) => void): Promise<Answer> => {
    requirePermission(definition, asked, actor);
    requirePerson(definition, actor);
    requireHeld(actor, definition.within ?? []);
    const parsed = parseAsked(definition.asks, asked);
    if (note && definition.before) note(await definition.before(parsed, ports));
    return definition.run(parsed, actor, ports);
  };
  if (isUnrecorded(definition, asked)) return work();
  return audited({ name, asked, actor, ...(after && { after }) }, ports as Recording, work);
}

/** Readers act on themselves: their consents are recorded elsewhere, and erased with them. */
function isUnrecorded({ needs, looks, asks }: Pick<Act, "needs" | "looks" | "asks">, asked: unknown): boolean {
  const quiet: Need[] = ["read", "check", "self"];
  return looks === true || allNeeds(needs).every((each) => quiet.includes(each)) || isDryRun(asks, asked);
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
        : "Only a link gives it.",
  });
}

/** Whatever its token allows: an assistant only looks, checks and plans. @throws PostriderError `forbidden` */
function requirePerson(
  { name, needs, forAssistants }: Pick<Act, "name" | "needs" | "forAssistants">,
  actor: Actor,
): void {
  const open: readonly Need[] = ["read", "check"];
  if (actor.door !== "assistant" || forAssistants || allNeeds(needs).some((each) => open.includes(each))) return;
  throw new PostriderError("forbidden", `An assistant can't do this (${name})`, {
    hint: "It can read, check and plan. Ask a person to do this on the command line or in the console.",
  });
}

/** A dry run changes nothing, so `check` is enough. But a dry run about readers shows who they are. */
function neededFor({ asks, needs }: Pick<Act, "asks" | "needs">, asked: unknown): readonly Need[] {
  const needed = allNeeds(needs);
  return isDryRun(asks, asked) && !needed.includes("readers") ? [...needed, "check"] : needed;
}

function allNeeds(needs: Act["needs"]): readonly Need[] {
  return typeof needs === "string" ? [needs] : needs;
}

function isDryRun(asks: z.ZodType, asked: unknown): boolean {
  const hasDryRun = asks instanceof z.ZodObject && "dryRun" in asks.shape;
  return hasDryRun && (asked as { dryRun?: unknown } | null)?.dryRun === true;
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

/** The limits of an act that can be done with any. */
export const anyLimits: readonly LimitKind[] = limitKinds;

/** Fields that several acts ask for. */
export const fields = {
  channels: z.array(z.string().min(1)).min(1).optional().describe("Names of channels. Default: all"),
  reason: z.string().max(500).describe("Recorded in the ledger"),
  /** ISO 8601 with an offset. */
  time: z.union([z.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))]),
  dryRun: z.boolean().optional().describe("Returns the plan and does nothing"),
};
