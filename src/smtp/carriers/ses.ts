/**
 * Sends email through the API of Amazon SES, one request each:
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */

import nodemailer from "nodemailer";
import { messageOf } from "#core/errors.ts";
import { DeliveryError, type Failure } from "#core/sending/delivery.ts";
import { answerOf } from "#smtp/session/failures.ts";
import { beginningOf } from "#web/beginning-of.ts";
import type { Carrier } from "../carrier.ts";
import { type AwsCredentials, signedHeaders } from "./aws-signature.ts";

export interface SesAccount extends AwsCredentials {
  region: string;
  /** Default: the endpoint of the region. */
  endpoint?: string | undefined;
}

interface SesOptions {
  /** The From of the email, by which SES identifies the sender. */
  sender: string;
  /** SES uses its own return path, and forwards bounces to us. */
  forwardsBounces: boolean;
  timeoutMs: number;
  fetch: typeof fetch;
  now(): Date;
}

/** Bytes. What it says of an account or of a mail is much shorter. */
const mostAnswer = 64 * 1024;

/** What the API makes of a request, in the words of its own errors. */
class SesError extends Error {
  readonly status: number;
  readonly type: string;
  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

export function openSes(account: SesAccount, { sender, forwardsBounces, timeoutMs, ...world }: SesOptions): Carrier {
  const { region, endpoint = `https://email.${region}.amazonaws.com` } = account;
  const ask = async (method: string, path: string, body: string, signal: AbortSignal): Promise<unknown> => {
    const url = new URL(path, endpoint);
    const headers = signedHeaders(
      { method, url, headers: { "content-type": "application/json" }, body },
      account,
      { region, service: "ses" },
      world.now(),
    );
    const patience = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const answer = await world.fetch(url, {
      ...{ method, headers, redirect: "error" as const, signal: patience },
      ...(body && { body }),
    });
    const text = await beginningOf(answer, mostAnswer);
    const told = readJson(text);
    if (answer.ok) return told;
    const type = (answer.headers.get("x-amzn-errortype") ?? String(told["__type"] ?? "")).replace(/^.*#|:.*$/g, "");
    throw new SesError(answer.status, type, String(told["message"] ?? told["Message"] ?? text).slice(0, 300));
  };

  return {
    async send(from, address, message, signal) {
      // nodemailer builds the request. This is the part of Amazon's client that it needs.
      const sesClient = {
        config: { region: async () => region },
        send: ({ input }: SendEmailCommand) => ask("POST", "/v2/email/outbound-emails", asJson(input), signal),
      };
      const transport = nodemailer.createTransport({ SES: { sesClient, SendEmailCommand } });
      try {
        const { response } = await transport.sendMail({
          ...{ envelope: { from, to: [address] }, raw: message },
          ses: { FromEmailAddress: sender, ...(forwardsBounces && { FeedbackForwardingEmailAddress: from }) },
        });
        if (!response) throw new SesError(200, "", "it accepted the email but returned no id");
        return { remoteId: response, response: "accepted by Amazon SES" };
      } catch (error) {
        throw new DeliveryError(failureOf(error, address), { cause: error });
      }
    },
    async check(signal) {
      try {
        const told = (await ask("GET", "/v2/email/account", "", signal)) as { SendingEnabled?: boolean };
        if (told.SendingEnabled === false) throw new SesError(400, "SendingPausedException", "sending is switched off");
      } catch (error) {
        throw new DeliveryError(failureOf(error, ""), { cause: error });
      }
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** The interface of Amazon's client that nodemailer expects. */
class SendEmailCommand {
  readonly input: unknown;
  constructor(input: unknown) {
    this.input = input;
  }
}

/** The API needs bytes in base64. */
function asJson(input: unknown): string {
  return JSON.stringify(input, (_, value: unknown) => {
    const { type, data } = (value ?? {}) as { type?: string; data?: number[] };
    return type === "Buffer" && Array.isArray(data) ? Buffer.from(data).toString("base64") : value;
  });
}

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/CommonErrors.html */
function failureOf(error: unknown, address: string): Failure {
  if (!(error instanceof SesError)) return lost(error, address);
  const { status, type } = error;
  const said = answerOf({ message: `${type} ${error.message}`.trim() }, address);
  const about = { code: type || String(status), message: `Amazon SES: ${said}`.slice(0, 500), status };
  if (status < 300) return { kind: "uncertain", scope: "recipient", ...about };
  if (status === 429 || /Throttl|TooManyRequests|LimitExceeded/.test(type))
    return { kind: "throttled", scope: "channel", ...about };
  if (status >= 500) return { kind: "temporary", scope: "channel", ...about };
  if (status === 401 || status === 403 || /NotVerified|Suspended|SendingPaused|NotFound/.test(type))
    return { kind: "permanent", scope: "channel", ...about };
  // The sender's address is not verified, or the account is still in the sandbox.
  if (/not verified/i.test(error.message)) return { kind: "permanent", scope: "channel", ...about };
  return { kind: "permanent", scope: "recipient", ...about };
}

const neverConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

/** There was no answer. Unless the connection failed, the email may have been accepted. */
function lost(error: unknown, address: string): Failure {
  const { cause } = error as { cause?: { code?: string } };
  const said = answerOf({ message: messageOf(cause ?? error) }, address);
  const code = cause?.code ?? "SES";
  if (neverConnected.has(code))
    return { kind: "temporary", scope: "channel", code, message: `Amazon SES can't be reached: ${said}` };
  return {
    kind: "uncertain",
    scope: "recipient",
    code,
    message: `Amazon SES did not answer: ${said}. The email may have been accepted.`,
  };
}
