/** Turns an SMTP error into a delivery failure, by how far the session had come and what was answered. */

import { DeliveryError, type Failure } from "#core/sending/delivery.ts";

/** How nodemailer describes what went wrong. */
export interface SmtpError extends Error {
  code?: string | undefined;
  /** The system's own code below it: `ECONNREFUSED`. */
  originalCode?: string | undefined;
  /** The command that failed: `CONN`, `EHLO`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
}

export interface Progress {
  /** Whether bytes of the message have gone out: from then on a silence may hide an acceptance. */
  begun: boolean;
  /** The recipient, so that it can be taken out of what the server said. */
  address?: string;
}

/** @param relay - `host:port`, for the message. */
export function smtpFailure(error: SmtpError, { begun, address }: Progress, relay: string): DeliveryError {
  const said = answerOf(error, address);
  const enhanced = enhancedStatus(error.response);
  const failure = (kind: Failure["kind"], scope: Failure["scope"], message: string, code?: string): DeliveryError =>
    new DeliveryError(
      {
        kind,
        scope,
        code: code ?? (error.responseCode ? String(error.responseCode) : (error.code ?? "ESMTP")),
        message: message.slice(0, 500),
        ...(error.responseCode && { status: error.responseCode }),
        ...(enhanced && { enhanced }),
      },
      { cause: error },
    );

  if (error.code === "EAUTH" || error.code === "ENOAUTH" || error.command?.startsWith("AUTH")) {
    if (isTransient(error)) return failure("temporary", "channel", `${relay} can't check the password now: ${said}`);
    const message = `${relay} refused the login: ${said}. Check user and password of the channel's url.`;
    return failure("permanent", "channel", message, "EAUTH");
  }
  if (!error.responseCode) {
    if (begun) {
      const message = `The connection to ${relay} was lost while an email was being sent: ${said}. The email may have been accepted.`;
      return failure("uncertain", "recipient", message);
    }
    return failure("temporary", "channel", unreachable(error, relay, said));
  }
  // RFC 5321 §3.8: the server is closing the connection, whatever it was asked.
  if (error.responseCode === 421) return failure("temporary", "channel", `${relay} is not available: ${said}`);
  if (error.command === "RCPT TO" || error.command === "DATA") {
    if (isAboutSender(error))
      return failure("permanent", "channel", `${relay} does not accept email from this sender: ${said}`);
    if (isTransient(error)) return failure("temporary", "recipient", `${relay} asked to try again later: ${said}`);
    return failure("permanent", "recipient", `${relay} refused: ${said}`);
  }
  if (isTransient(error)) return failure("temporary", "channel", `${relay} asked to try again later: ${said}`);
  const message =
    error.command === "MAIL FROM"
      ? `${relay} refused the sender: ${said}. Check the channel's from.`
      : `${relay} refused the connection: ${said}`;
  return failure(error.command === "MAIL FROM" ? "permanent" : "temporary", "channel", message);
}

function isTransient({ responseCode = 0 }: SmtpError): boolean {
  return responseCode >= 400 && responseCode < 500;
}

/** RFC 2034 §4: the detailed status stands behind the reply's code. */
function enhancedStatus(response = ""): string | undefined {
  return /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
}

/** 530: log in first (RFC 4954 §6). A relay that is closed to us says so at each recipient. */
function isAboutSender({ responseCode, response = "" }: SmtpError): boolean {
  return (
    responseCode === 530 ||
    (responseCode === 554 && /relay/i.test(response)) ||
    /\brelay(ing)? .*denied/i.test(response)
  );
}

function unreachable(error: SmtpError, relay: string, said: string): string {
  if (error.originalCode === "ECONNREFUSED") return `${relay} refused the connection`;
  if (error.code === "EDNS") return `The host name of ${relay} can't be found: ${said}`;
  if (error.code === "ETLS") return `No secure connection to ${relay}: ${said}`;
  return `Can't connect to ${relay}: ${said}`;
}

/** One line, without addresses: what a server says often repeats the recipient's. */
export function answerOf(
  { response, message }: { response?: string | undefined; message: string },
  address?: string,
): string {
  const text = (response ?? message).replace(/\s+/g, " ").trim();
  const known = address ? text.replaceAll(address, "<recipient>") : text;
  return known.replace(/[^\s<>@:;,"']+@[^\s<>@:;,"']+/g, "<address>").slice(0, 300);
}
