/** What all providers' webhooks have in common: a request that proves its sender, and events in it. */

import { timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import { type BounceReport, judgeStatus } from "#core/readers/bounce.ts";

export interface WebhookRequest {
  headers: Headers;
  /** The very bytes that were signed. */
  body: string;
}

export interface ProviderEvent {
  /** The provider's own id: the same event told twice counts once. */
  id: string;
  report: BounceReport;
}

/** Checks the proof, then reads. @throws PostriderError `unauthorized` for a wrong proof, `invalid` for what can't be read. */
export type Provider = (request: WebhookRequest) => Promise<ProviderEvent[]>;

/** A body read by its schema. @throws PostriderError `invalid` */
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

/** Does not say what was wrong, so that an attacker learns nothing. */
export function refuse(): never {
  throw new PostriderError("unauthorized", "The signature or the password of the request is wrong");
}

/** Compares without telling by its time how much was right. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A failed delivery; the provider's own verdict only where the status says nothing. */
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

/** What a reader did. */
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
