/** Sends email through a local `sendmail` program. */

import { constants } from "node:fs";
import { access } from "node:fs/promises";
import nodemailer from "nodemailer";
import { messageOf } from "#core/errors.ts";
import { DeliveryError, type Failure } from "#core/sending/delivery.ts";
import { answerOf } from "#smtp/session/failures.ts";
import type { Carrier } from "../carrier.ts";

/** @param program - its path. */
export function openSendmail(program: string): Carrier {
  const transport = nodemailer.createTransport({ sendmail: true, path: program, newline: "unix" });
  return {
    async send(from, address, message, signal) {
      signal.throwIfAborted();
      try {
        const { response } = await transport.sendMail({ envelope: { from, to: [address] }, raw: message });
        return { response };
      } catch (error) {
        throw new DeliveryError(failureOf(error as NodeJS.ErrnoException, program, address), { cause: error });
      }
    },
    async check() {
      await access(program, constants.X_OK).catch(() => {
        throw new DeliveryError(missing(program));
      });
    },
    async [Symbol.asyncDispose]() {
      transport.close();
    },
  };
}

/** The program's exit status shows why it did not accept the email (sysexits.h). */
function failureOf(error: NodeJS.ErrnoException, program: string, address: string): Failure {
  const said = answerOf({ message: messageOf(error) }, address);
  const status = Number(/exited with code (\d+)/.exec(error.message)?.[1] ?? Number.NaN);
  if (error.code === "ENOENT" || error.code === "EACCES" || status === 127) return missing(program);
  if (/Invalid envelope addresses/.test(error.message))
    return {
      kind: "permanent",
      scope: "recipient",
      code: "address",
      message: `${program} does not accept this address`,
    };
  const about = { code: Number.isNaN(status) ? "sendmail" : `EX_${status}`, message: `${program}: ${said}` };
  if (/terminated by|EPIPE/.test(said)) return { kind: "uncertain", scope: "recipient", ...about };
  // EX_DATAERR, EX_NOUSER, EX_NOHOST.
  if ([65, 67, 68].includes(status)) return { kind: "permanent", scope: "recipient", ...about };
  // EX_USAGE, EX_NOPERM, EX_CONFIG: the next email would fail too.
  if ([64, 77, 78].includes(status)) return { kind: "permanent", scope: "channel", ...about };
  return { kind: "temporary", scope: "channel", ...about };
}

function missing(program: string): Failure {
  const message = `Can't run the program ${program}. Check the channel's url: sendmail:/usr/sbin/sendmail`;
  return { kind: "permanent", scope: "channel", code: "sendmail", message };
}
