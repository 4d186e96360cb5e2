/** One connection to one relay (NIP-01, https://github.com/nostr-protocol/nips/blob/master/01.md). */

import { z } from "zod";
import { DeliveryError, type Failure } from "#core/sending/delivery.ts";
import type { NostrEvent } from "./event.ts";

/** What events are asked for. */
export type Filter = Record<string, string[] | number[] | number>;

const event = z.object({ id: z.string(), kind: z.int(), created_at: z.int(), pubkey: z.string() });
export type Found = z.infer<typeof event>;

const frame = z.union([
  z.tuple([z.literal("OK"), z.string(), z.boolean(), z.string().default("")]),
  z.tuple([z.literal("EVENT"), z.string(), event]),
  z.tuple([z.literal("EOSE"), z.string()]),
  z.tuple([z.literal("CLOSED"), z.string(), z.string().default("")]),
]);
type Frame = z.infer<typeof frame>;

const timeoutMs = 15_000;
const subscription = "postrider";

/** Resolves once the relay has it, also when it had it before. @throws DeliveryError */
export async function publish(url: string, message: NostrEvent, signal: AbortSignal): Promise<void> {
  await converse(url, ["EVENT", message], signal, "uncertain", ([type, id, ok, reason], done) => {
    if (type !== "OK" || id !== message.id) return;
    if (ok !== true && !String(reason).startsWith("duplicate:")) throw refusal(url, String(reason));
    done();
  });
}

/** More than one note has, and than an honest relay gives. */
const mostFound = 500;

/** What the relay has, as much as we asked for. @throws DeliveryError */
export async function query(url: string, filter: Filter, signal: AbortSignal): Promise<Found[]> {
  const found: Found[] = [];
  await converse(url, ["REQ", subscription, filter], signal, "temporary", ([type, _id, third], done) => {
    if (type === "EVENT") found.push(third);
    if (found.length >= mostFound) done();
    if (type === "CLOSED") throw refusal(url, third);
    if (type === "EOSE") done();
  });
  return found;
}

/** Proves that somebody is there. @throws DeliveryError */
export async function greet(url: string, signal: AbortSignal): Promise<void> {
  await query(url, { kinds: [1], limit: 0 }, signal);
}

/** Says one thing and listens until the answer to it has come. @param lost - what a lost answer means. */
function converse(
  url: string,
  question: unknown[],
  signal: AbortSignal,
  lost: "uncertain" | "temporary",
  hear: (frame: Frame, done: () => void) => void,
): Promise<void> {
  if (signal.aborted) return Promise.reject(unreachable(url, "aborted before sending"));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = new WebSocket(url);
  let asked = false;
  const fail = (why: string): void => reject(asked ? silent(url, why, lost) : unreachable(url, why));
  const abort = (): void => fail("aborted");
  const timer = setTimeout(() => fail(`no answer within ${timeoutMs / 1000} s`), timeoutMs);
  signal.addEventListener("abort", abort);
  socket.addEventListener("open", () => {
    asked = true;
    socket.send(JSON.stringify(question));
  });
  socket.addEventListener("error", () => fail("the connection failed"));
  socket.addEventListener("close", () => fail("the connection was closed"));
  socket.addEventListener("message", ({ data }) => {
    const heard = understood(data);
    if (!heard) return;
    try {
      hear(heard, resolve);
    } catch (error) {
      reject(error);
    }
  });
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    socket.close();
  });
}

/** Relays say much else, such as notices for people. */
function understood(data: unknown): Frame | null {
  try {
    return frame.parse(JSON.parse(String(data)));
  } catch {
    return null;
  }
}

/** By the machine-readable prefix (NIP-01, NIP-42); what a relay does not prefix it does not explain. */
function refusal(url: string, reason: string): DeliveryError {
  const prefix = /^([a-z-]+):/.exec(reason)?.[1] ?? "";
  const said = `${new URL(url).host} refused the post: ${reason}`.replace(/\p{Cc}+/gu, " ").slice(0, 400);
  const failure = (kind: Failure["kind"], scope: Failure["scope"], message = said): DeliveryError =>
    new DeliveryError({ kind, scope, code: `nostr-${prefix || "refused"}`, message });
  if (prefix === "rate-limited") return failure("throttled", "channel");
  if (prefix === "error") return failure("temporary", "channel");
  if (["auth-required", "restricted", "blocked", "pow", "mute"].includes(prefix)) {
    return failure("permanent", "channel", `${said}. Choose a relay that accepts posts from this key.`);
  }
  return failure("permanent", "recipient");
}

function unreachable(url: string, why: string): DeliveryError {
  const message = `${new URL(url).host} can't be reached: ${why}`;
  return new DeliveryError({ kind: "temporary", scope: "channel", code: "relay-down", message });
}

function silent(url: string, why: string, kind: "uncertain" | "temporary"): DeliveryError {
  const scope = kind === "uncertain" ? "recipient" : "channel";
  const message = `${new URL(url).host} did not answer: ${why}.`;
  return new DeliveryError({ kind, scope, code: "relay-silent", message });
}
