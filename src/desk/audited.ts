/** Records an act in the audit log while it runs. */

import { randomUUID } from "node:crypto";
import { acting } from "#core/audit/acting.ts";
import type { AuditBook, Doing, Door, Ending } from "#core/audit/audit.ts";
import { PostriderError } from "#core/errors.ts";

/** Where the end of an act is recorded. An act may open its database only when it needs it. */
export interface Recording {
  audit?: Pick<AuditBook, "ended">;
  opened?(): Promise<{ audit?: Pick<AuditBook, "ended"> }>;
}

interface Said<Answer> {
  /** The act's name. */
  name: string;
  asked: unknown;
  actor: { name: string; door: Door; request?: { id: string } };
  after?(answer: Answer): unknown;
}

/**
 * Every act has one entry. The transactions of the work record the act themselves, each before its commit. Here only the end is added: after a
 * crash in between, the entry has no result.
 */
export async function audited<T>(
  said: Said<T>,
  recording: Recording,
  work: (note: (before: unknown) => void) => Promise<T>,
): Promise<T> {
  return acting(doing(said), async (now) => {
    const ended = async (ending: Ending): Promise<void> => {
      // What was refused before the database was needed is not worth opening it.
      const book = recording.audit ?? (now.isRecorded ? (await recording.opened?.())?.audit : undefined);
      await book?.ended(now, now.isRecorded, ending);
    };
    try {
      const answer = await work((before) => {
        now.before = before;
      });
      await ended({ result: "done", message: null, after: said.after?.(answer) ?? null });
      return answer;
    } catch (error) {
      // The act's own error is what the caller has to know.
      await ended(failure(error, now.isRecorded)).catch(() => {});
      throw error;
    }
  });
}

/** Messages of our own errors have no addresses of readers; others might. */
function failure(error: unknown, isRecorded: boolean): Ending {
  const message = error instanceof PostriderError ? error.message : "an unexpected error; see the log of the process";
  return { result: isRecorded ? "failed" : "refused", message, after: null };
}

/** The fields of a request that name no reader. Everything else stays out of the audit log. */
const recorded = new Set([
  ...["post", "posts", "channel", "channels", "campaign", "delivery", "job", "number", "list", "lists", "mode", "at"],
  ...["subject", "new", "sameAs", "replace", "onChange", "file", "out", "preset", "role", "person", "token", "scopes"],
  ...["verdict", "suppression", "webhook", "message"],
]);

function doing({ name, asked, actor }: Omit<Said<never>, "after">): Doing {
  const given = asked !== null && typeof asked === "object" ? Object.entries(asked) : [];
  const { reason, plan } = Object.fromEntries(given) as Record<string, unknown>;
  return {
    ...{ id: actor.request?.id ?? randomUUID(), act: name, actor: actor.name, door: actor.door },
    about: Object.fromEntries(given.filter(([key, value]) => recorded.has(key) && value !== undefined)),
    reason: short(reason),
    plan: short(plan),
    before: null,
  };
}

/** The request is not checked yet. */
function short(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value.slice(0, 1_000) : null;
}
