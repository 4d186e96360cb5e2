/**
 * Sends one HTTP request for an adapter: with a time limit, without redirects, and with a named failure for every
 * error.
 */

import { messageOf } from "#core/errors.ts";
import { DeliveryError, type Failure } from "#core/sending/delivery.ts";
import { beginningOf } from "#web/beginning-of.ts";

export interface HttpRequest {
  fetch: typeof fetch;
  url: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer> | FormData;
  /** It publishes nothing: a lost answer only means that it has to be asked again. Default: for `GET`. */
  harmless?: boolean;
  /** Taken out of whatever is reported. */
  secrets?: readonly string[];
  signal: AbortSignal;
  /** Default 30 s. */
  timeoutMs?: number;
  /** Of the answer; what is longer is cut. Default: 64 KB. */
  mostBytes?: number;
  /** Seconds to wait, for networks that say it in the body or a header of their own and not in `Retry-After`. */
  waitSeconds?: (body: string, headers: Headers) => number | null;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** Errors that are raised before anything was written. */
const before = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "PRIVATE_ADDRESS",
]);

/** @throws DeliveryError for everything but a 2xx. */
export async function request(options: HttpRequest): Promise<HttpAnswer> {
  const { fetch: send, url, method, headers, body, signal, timeoutMs = 30_000, harmless = method === "GET" } = options;
  const { mostBytes = 64 * 1024 } = options;
  const host = new URL(url).host;
  const timeout = AbortSignal.timeout(timeoutMs);
  if (signal.aborted)
    throw new DeliveryError({
      kind: "temporary",
      scope: "channel",
      code: "aborted",
      message: "aborted before sending",
    });
  let answer: HttpAnswer;
  try {
    const response = await send(url, {
      method,
      headers: { "user-agent": "Postrider", ...headers },
      ...(body !== undefined && { body }),
      redirect: "manual",
      signal: AbortSignal.any([signal, timeout]),
    });
    answer = { status: response.status, headers: response.headers, text: await beginningOf(response, mostBytes) };
  } catch (error) {
    throw lostConversation(error, { host, harmless });
  }
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw refusal(answer, host, options);
}

/** Without an answer nobody knows what the other side made of the request, unless it never got one. */
function lostConversation(error: unknown, asked: { host: string; harmless: boolean }): DeliveryError {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  const code = cause?.code ?? (error as Error).name;
  const said = cause?.message || messageOf(error);
  const { host } = asked;
  const harmless = asked.harmless || before.has(code);
  return new DeliveryError(
    harmless
      ? { kind: "temporary", scope: "channel", code, message: `${host} can't be reached: ${said}`.slice(0, 500) }
      : {
          kind: "uncertain",
          scope: "recipient",
          code,
          message: `${host} did not answer: ${said}. The post may have been accepted.`.slice(0, 500),
        },
    { cause: error },
  );
}

function refusal(
  { status, headers, text }: HttpAnswer,
  host: string,
  { secrets = [], waitSeconds }: HttpRequest,
): DeliveryError {
  const wait = status === 429 ? waitSeconds?.(text, headers) : null;
  const retryAfter = retryAfterMs(wait != null ? String(Math.ceil(wait)) : headers.get("retry-after"));
  // Before it is cut: a part of a secret is one too.
  const said = oneLine(secrets.reduce((rest, secret) => (secret ? rest.replaceAll(secret, "…") : rest), text));
  const answer = `${host} answered ${status}${said ? `: ${said}` : ""}`;
  const failure = (kind: Failure["kind"], scope: Failure["scope"], message: string): DeliveryError =>
    new DeliveryError({
      kind,
      scope,
      code: `http-${status}`,
      message: message.slice(0, 500),
      status,
      ...(retryAfter !== null && { retryAfter }),
    });
  // RFC 6585 §4, RFC 9110 §15.6.4: asked to wait.
  if (status === 429 || (status === 503 && retryAfter !== null)) return failure("throttled", "channel", answer);
  if (status >= 500 || status === 408 || status === 425) return failure("temporary", "channel", answer);
  if (status === 401 || status === 403)
    return failure("permanent", "channel", `${answer}. Check the channel's credentials.`);
  if (status === 404 || status === 410)
    return failure("permanent", "channel", `${answer}. Check the channel's address.`);
  if (status >= 300 && status < 400)
    return failure("permanent", "channel", `${answer}: the address has moved. Change it in the channel's settings.`);
  return failure("permanent", "recipient", answer);
}

/** Seconds or a date (RFC 9110 §10.2.3), at most a day. */
function retryAfterMs(value: string | null): number | null {
  if (value === null) return null;
  // RFC 9110 has whole seconds; some networks send fractions, which would pass for a date.
  const ms = /^\d+(\.\d+)?$/.test(value.trim()) ? Math.ceil(Number(value) * 1000) : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 86_400_000) : null;
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, 200);
}
