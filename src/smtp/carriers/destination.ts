/** Chooses how an email channel sends, by the scheme of its url: a relay, Amazon's API, a program, or a folder. */

import { resolve } from "node:path";
import type { Clock } from "#core/clock.ts";
import { messageOf } from "#core/errors.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { parseSender, wireAddress } from "#smtp/message/sender.ts";
import { openPool } from "#smtp/session/pool.ts";
import { type OAuth, parseRelay, type Relay } from "#smtp/session/relay.ts";
import type { Carrier } from "../carrier.ts";
import type { SesAccount } from "./ses.ts";

export interface DestinationSettings {
  url: string;
  from: string;
  returnPath?: string | undefined;
  requireTls?: boolean | undefined;
  oauth2?: OAuth | undefined;
  ses?: Omit<SesAccount, "region"> | undefined;
  timeoutSeconds: number;
}

export interface DestinationTools {
  baseDir: string;
  fetch: typeof fetch;
  clock: Clock;
}

export interface Destination {
  carrier: Carrier;
  /** Set if many emails can be sent over one connection. */
  relay: Relay | null;
  /** A page that shows the sent emails. */
  page?: string;
}

const region = /^ses:(?:\/\/)?([a-z]{2}(?:-[a-z]+)+-\d)$/;
const program = /^sendmail:(?:\/\/)?(\/.+)?$/;
const folder = /^inbox:(.*)$/;

/** @throws TypeError with a readable message */
export function parseDestination(url: string): void {
  if (url.startsWith("ses:")) {
    if (!region.test(url)) throw new TypeError("expected ses:<region>, such as ses:eu-west-1");
  } else if (url.startsWith("sendmail:")) {
    if (!program.test(url)) throw new TypeError("expected sendmail:<path>, such as sendmail:/usr/sbin/sendmail");
  } else if (!folder.test(url)) parseRelay(url);
}

/** @throws DeliveryError if it can't be used */
export async function openDestination(settings: DestinationSettings, tools: DestinationTools): Promise<Destination> {
  const { url, from, ses, timeoutSeconds } = settings;
  const timeoutMs = timeoutSeconds * 1000;
  const [, inboxDir] = folder.exec(url) ?? [];
  if (inboxDir !== undefined) return inboxIn(resolve(tools.baseDir, inboxDir || ".postrider/inbox"), timeoutMs);
  if (url.startsWith("sendmail:")) {
    const { openSendmail } = await import("./sendmail.ts");
    return { carrier: openSendmail(program.exec(url)?.[1] ?? "/usr/sbin/sendmail"), relay: null };
  }
  const [, place] = region.exec(url) ?? [];
  if (place !== undefined && ses) {
    const { openSes } = await import("./ses.ts");
    const sender = wireAddress(parseSender(from).address);
    const options = { sender, forwardsBounces: Boolean(settings.returnPath), timeoutMs, fetch: tools.fetch };
    return { carrier: openSes({ ...ses, region: place }, { ...options, now: () => tools.clock.now() }), relay: null };
  }
  const relay = parseRelay(url, settings.requireTls, settings.oauth2);
  return { carrier: openPool(relay, timeoutMs), relay };
}

async function inboxIn(dir: string, timeoutMs: number): Promise<Destination> {
  try {
    // Its server takes 40 ms to load, and most channels have a relay.
    const { openInbox } = await import("#smtp/inbox/inbox.ts");
    const inbox = await openInbox(dir);
    const pool = openPool({ host: "127.0.0.1", port: inbox.port, secure: false, requireTls: false }, timeoutMs);
    const dispose = async (): Promise<void> => {
      await pool[Symbol.asyncDispose]();
      await inbox[Symbol.asyncDispose]();
    };
    return { carrier: { ...pool, [Symbol.asyncDispose]: dispose }, relay: null, page: inbox.page };
  } catch (cause) {
    const message = `The inbox folder ${dir} can't be used: ${messageOf(cause)}`;
    throw new DeliveryError({ kind: "permanent", scope: "channel", code: "inbox", message }, { cause });
  }
}
