/**
 * Sends email through a relay, Amazon's API or a local program, or writes it to a folder through our own SMTP server.
 */

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import type { Adapter, Tools, Transport } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { openDestination, parseDestination } from "#smtp/carriers/destination.ts";
import { type DkimKey, dkimRecord, openSigner, parseDkimKey } from "#smtp/message/dkim.ts";
import { joined, parseMail, partsOf } from "#smtp/message/mail.ts";
import { buildMessage } from "#smtp/message/message.ts";
import { parseSender, wireAddress } from "#smtp/message/sender.ts";
import { verpAddress } from "#smtp/message/verp.ts";
import { openBulk } from "#smtp/session/bulk.ts";

const dkimKey = z.strictObject({
  /** Default: that of `from`. */
  domain: z.string().min(1).optional(),
  selector: z.string().regex(/^[\w-]+(\.[\w-]+)*$/, { error: 'expected a selector such as "mail2027"' }),
  /** PEM, as a value… */
  privateKey: z.string().superRefine(explained(parseDkimKey)).optional(),
  /** …or in a file. */
  keyFile: z.string().optional(),
});

const settings = z.strictObject({
  /** `smtp://host:port`, `smtps://user:password@host`, `ses:<region>`, `sendmail:<program>`, or `inbox:<folder>`. */
  url: z.string().superRefine(explained(parseDestination)),
  from: z.string().superRefine(explained(parseSender)),
  replyTo: z.string().superRefine(explained(parseSender)).optional(),
  /** Where bounces go: a mailbox that takes `user+anything@…`. Each mail gets a signed address of its own there. */
  returnPath: z.email().optional(),
  list: z.string().min(1),
  connections: z.int().min(1).max(100).default(5),
  requireTls: z.boolean().optional(),
  /** A token in place of the password in `url`: Gmail, Microsoft 365. */
  oauth2: z
    .strictObject({
      user: z.string().min(1),
      clientId: z.string().min(1),
      clientSecret: z.string().min(1),
      refreshToken: z.string().min(1),
      accessUrl: z.url({ protocol: /^https?$/ }),
    })
    .optional(),
  /** For `ses:`. */
  ses: z
    .strictObject({
      accessKeyId: z.string().min(1),
      secretAccessKey: z.string().min(1),
      sessionToken: z.string().optional(),
      endpoint: z.url({ protocol: /^https?$/ }).optional(),
    })
    .optional(),
  /** One key, or one of each kind: RSA is understood everywhere, Ed25519 is shorter. */
  dkim: z.union([dkimKey, z.array(dkimKey).min(1).max(4)]).optional(),
  /** `bulk` puts mails together from pieces and pipelines them; `nodemailer` composes and sends each on its own. */
  transport: z.enum(["bulk", "nodemailer"]).default("bulk"),
  /** The longest silence of the relay. RFC 5321 §4.5.3.2 asks for five minutes or more. */
  timeoutSeconds: z.number().positive().default(300),
});
type Config = z.infer<typeof settings>;

const config = settings.superRefine(({ url, ses, dkim }, context) => {
  if (url.startsWith("ses:") && !ses)
    context.addIssue({
      code: "custom",
      path: ["ses"],
      message: "expected accessKeyId and secretAccessKey for Amazon SES",
    });
  // It replaces Date and Message-ID, and signs for the domains that it knows.
  if (url.startsWith("ses:") && dkim)
    context.addIssue({
      code: "custom",
      path: ["dkim"],
      message: "remove it: Amazon SES adds its own DKIM signature, and would break this one",
    });
});

const smtp: Adapter<"email", Config> = {
  name: "smtp",
  medium: "email",
  config,
  traits: { idempotent: false },
  async open(settings, tools): Promise<Transport<"email">> {
    const { from, replyTo } = settings;
    const { carrier, relay, page } = await openDestination(settings, tools);
    const sender = wireAddress(parseSender(from).address);
    const signedPath = ({ key }: { key: string }): string | null =>
      settings.returnPath && tools.secret ? verpAddress(key, tools.secret, { address: settings.returnPath }) : null;
    const returnPath = (envelope: { key: string }): string => signedPath(envelope) ?? sender;
    // Whoever writes there proves which mail they had: an address in From alone could be anybody's.
    const message = {
      ...{ from, ...(replyTo && { replyTo }) },
      ...(settings.returnPath && tools.secret && { leaveBy: returnPath }),
    };
    const dkim = await dkimKeys(settings, sender, tools);
    const connections = (): number => tools.share(settings.connections);
    const bulk =
      relay && settings.transport === "bulk"
        ? openBulk({
            relay,
            connections: { most: settings.connections, now: connections },
            timeoutMs: settings.timeoutSeconds * 1000,
            message,
            dkim,
            returnPath,
          })
        : null;
    return {
      get concurrency() {
        return connections();
      },
      dnsRecords: dkim.map((key) => ({ name: `${key.selector}._domainkey.${key.domain}`, value: dkimRecord(key) })),
      ...(bulk && { sendMany: bulk.sendMany }),
      async send(envelope, signal) {
        const built = await signed(await buildMessage(envelope, message), dkim);
        const receipt = await carrier.send(
          returnPath(envelope),
          wireAddress(envelope.recipient.address),
          built,
          signal,
        );
        return page ? { ...receipt, url: page } : receipt;
      },
      check: (signal) => carrier.check(signal),
      async [Symbol.asyncDispose]() {
        await bulk?.[Symbol.asyncDispose]();
        await carrier[Symbol.asyncDispose]();
      },
    };
  },
};
export default smtp;

/** @throws DeliveryError for a file that holds no key */
async function dkimKeys({ dkim }: Config, sender: string, { baseDir }: Tools): Promise<DkimKey[]> {
  const keys = dkim === undefined ? [] : Array.isArray(dkim) ? dkim : [dkim];
  return Promise.all(
    keys.map(async ({ domain = sender.split("@")[1] ?? "", selector, privateKey, keyFile }) => {
      try {
        const pem = privateKey ?? (await readFile(resolve(baseDir, keyFile ?? ""), "utf8"));
        return { domain, selector, privateKey: parseDkimKey(pem) };
      } catch (cause) {
        const message = `The DKIM key "${selector}" can't be used: ${messageOf(cause)}`;
        throw new DeliveryError({ kind: "permanent", scope: "channel", code: "dkim", message }, { cause });
      }
    }),
  );
}

async function signed(message: Buffer, keys: readonly DkimKey[]): Promise<Buffer> {
  if (keys.length === 0) return message;
  const mail = parseMail(message);
  return joined(partsOf(mail, await openSigner(keys)(mail)));
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
