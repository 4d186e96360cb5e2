/** What all providers' webhooks have in common: a request that proves its sender, and events in it. */

import type { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import { type BounceReport, judgeStatus } from "#core/readers/bounce.ts";

export interface WebhookRequest {
  headers: Headers;
  /** The exact bytes that were signed. */
  body: string;
}

export interface ProviderEvent {
  /** The provider's own id. The same event counts once, even if it is reported twice. */
  id: string;
  report: BounceReport;
}

/**
 * Checks the proof, then reads.
 * @throws PostriderError `unauthorized` for a wrong proof, `invalid` for an unreadable body, `unavailable` if the proof can't be checked now
 */
export type Provider = (request: WebhookRequest) => Promise<ProviderEvent[]>;

/** Parses a body by a schema. @throws PostriderError `invalid` */
export function readJson<T>(text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new PostriderError("invalid", "The request body is not valid JSON", { cause });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new PostriderError("invalid", "The request body is not in this provider's format");
}

/** Does not show what was wrong, so that an attacker learns nothing. */
export function refuse(): never {
  throw new PostriderError("unauthorized", "The signature or the password of the request is wrong");
}

/** A failed delivery. The provider's own classification is used only if the status code has no meaning. */
export function bounced(
  source: string,
  permanent: boolean,
  facts: {
    recipient: string;
    status?: string | undefined;
    diagnostic?: string | undefined;
    messageId?: string | undefined;
  },
): BounceReport {
  const { recipient, status, diagnostic, messageId } = facts;
  const judged = judgeStatus({ action: "failed", ...(status && { status }), ...(diagnostic && { diagnostic }) });
  const told = judged.status !== undefined || judged.kind === "hard" || !judged.counts;
  const verdict =
    told || !permanent ? judged : { kind: "hard" as const, counts: true, why: `${source} reports it as permanent` };
  return { ...verdict, ...about(source, recipient, messageId), ...(diagnostic && { diagnostic }) };
}

/** An action of a reader. */
export function wished(
  source: string,
  kind: "complaint" | "unsubscribe",
  recipient: string,
  messageId?: string,
): BounceReport {
  return { kind, counts: false, why: `a ${kind} reported by ${source}`, ...about(source, recipient, messageId) };
}

function about(source: string, recipient: string, messageId = "") {
  const id = messageId.replace(/^<|>$/g, "");
  return { source, recipient, messageIds: id ? [id] : [], returnPaths: [] };
}
