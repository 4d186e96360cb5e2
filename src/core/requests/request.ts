/** Requests with an `Idempotency-Key`: a program that got no answer asks again, and the work is done once. */

import type { Transaction } from "#core/ports/transaction.ts";

/** The caller's request, with the same id when it comes again. */
export interface KeyedRequest {
  /** A UUID: also the id of the act. */
  id: string;
}

export interface Asked {
  /** Keys of different callers have nothing to do with each other. */
  actor: string;
  /** The `Idempotency-Key`. */
  key: string;
  /** A hash of method, path and body. */
  digest: string;
}

export interface KeptAnswer {
  status: number;
  body: string;
  type: string;
}

/**
 * - `begun`: the work is ours until the claim runs out, or `settle` is called.
 * - `answered`: it was done; this was the answer.
 * - `busy`: another request with this key is at work.
 * - `different`: the key belongs to another request.
 */
export type Begun =
  | { kind: "begun"; id: string }
  | { kind: "answered"; answer: KeptAnswer }
  | { kind: "busy" }
  | { kind: "different" };

export interface RequestBook {
  /** Claims a request, or finds its answer. */
  begin(asked: Asked): Promise<Begun>;
  /** Keeps the claim while the work goes on. */
  renew(id: string): Promise<void>;
  /** Ends the claim. @param answer - `null`: the same key may be used again, and does the work */
  settle(id: string, answer: KeptAnswer | null): Promise<void>;
  /**
   * In the transaction of an effect that must happen once for a request, also if the process ended before it could
   * answer. Returns whether it is the first time.
   */
  once(tx: Transaction, id: string, result?: unknown): Promise<boolean>;
  /** What `once` was given; `null`: the effect did not happen. */
  resultOf(id: string): Promise<unknown>;
  /** Deletes old requests. */
  prune(): Promise<void>;
}

/** An effect that must happen once for a request. */
export interface Once<Result = unknown> {
  /** In the effect's transaction. Returns whether it is the first time. */
  mark(tx: Transaction, result?: Result): Promise<boolean>;
  /** The result of the first time; `null`: the effect did not happen yet. */
  result(): Promise<Result | null>;
}

/** Without a key, every request is a new one. */
export function onceFor<Result>(
  request: KeyedRequest | undefined,
  requests: Pick<RequestBook, "once" | "resultOf">,
): Once<Result> {
  if (!request) return { mark: async () => true, result: async () => null };
  return {
    mark: (tx, result) => requests.once(tx, request.id, result),
    result: async () => (await requests.resultOf(request.id)) as Result | null,
  };
}

/** Keeps the answers of requests for this time. */
export const keptDays = 7;
