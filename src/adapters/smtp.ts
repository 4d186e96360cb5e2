/** Mail through a relay, or into a folder over a real SMTP conversation with our own. */

import { resolve } from "node:path";
import { z } from "zod";
import type { Adapter, Tools, Transport } from "#core/adapter.ts";
import { DeliveryError } from "#core/delivery.ts";
import { messageOf } from "#core/errors.ts";
import { openBulk } from "#smtp/bulk.ts";
import { type Inbox, openInbox } from "#smtp/inbox.ts";
import { buildMessage } from "#smtp/message.ts";
import { openPool } from "#smtp/pool.ts";
import { parseRelay, type Relay } from "#smtp/relay.ts";
import { parseSender, wireAddress } from "#smtp/sender.ts";

const inboxScheme = "inbox:";

const config = z.strictObject({
  /** `smtp://host:port`, `smtps://user:password@host`, or `inbox:<folder>`. */
  url: z.string().superRefine(explained((url) => !url.startsWith(inboxScheme) && parseRelay(url))),
  from: z.string().superRefine(explained(parseSender)),
  replyTo: z.string().superRefine(explained(parseSender)).optional(),
  list: z.string().min(1),
  connections: z.int().min(1).max(100).default(5),
  requireTls: z.boolean().optional(),
  /** `bulk` puts mails together from pieces and pipelines them; `nodemailer` composes and sends each on its own. */
  transport: z.enum(["bulk", "nodemailer"]).default("bulk"),
  /** The longest silence of the relay. RFC 5321 §4.5.3.2 asks for five minutes or more. */
  timeoutSeconds: z.number().positive().default(300),
});
type Config = z.infer<typeof config>;

const smtp: Adapter<"email", Config> = {
  name: "smtp",
  medium: "email",
  config,
  traits: { idempotent: false },
  async open(settings, tools): Promise<Transport<"email">> {
    const { from, replyTo } = settings;
    const inbox = settings.url.startsWith(inboxScheme) ? await inboxIn(settings.url, tools) : null;
    const pool = openPool(
      inbox ? inboxRelay(inbox) : parseRelay(settings.url, settings.requireTls),
      settings.timeoutSeconds * 1000,
    );
    const sender = wireAddress(parseSender(from).address);
    const message = { from, ...(replyTo && { replyTo }) };
    const bulk =
      inbox || settings.transport === "nodemailer"
        ? null
        : openBulk({
            relay: parseRelay(settings.url, settings.requireTls),
            connections: settings.connections,
            timeoutMs: settings.timeoutSeconds * 1000,
            message,
            returnPath: () => sender,
          });
    return {
      concurrency: settings.connections,
      ...(bulk && { sendMany: bulk.sendMany }),
      async send(envelope, signal) {
        const built = await buildMessage(envelope, message);
        const receipt = await pool.send(sender, wireAddress(envelope.recipient.address), built, signal);
        return inbox ? { ...receipt, url: inbox.page } : receipt;
      },
      check: (signal) => pool.check(signal),
      async [Symbol.asyncDispose]() {
        await bulk?.[Symbol.asyncDispose]();
        await pool[Symbol.asyncDispose]();
        await inbox?.[Symbol.asyncDispose]();
      },
    };
  },
};
export default smtp;

async function inboxIn(url: string, { baseDir }: Tools): Promise<Inbox> {
  const dir = resolve(baseDir, url.slice(inboxScheme.length) || ".postrider/inbox");
  try {
    return await openInbox(dir);
  } catch (cause) {
    const message = `The inbox folder ${dir} can't be used: ${messageOf(cause)}`;
    throw new DeliveryError({ kind: "permanent", scope: "channel", code: "inbox", message }, { cause });
  }
}

function inboxRelay({ port }: Inbox): Relay {
  return { host: "127.0.0.1", port, secure: false, requireTls: false };
}

/** Turns what a parser throws into the configuration's error. */
function explained(parse: (text: string) => unknown) {
  return (text: string, context: z.RefinementCtx): void => {
    try {
      parse(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: messageOf(error) });
    }
  };
}
