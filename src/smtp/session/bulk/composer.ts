/** Composes mails: once for a rendition and a list, then spliced and signed for each recipient. */

import type { Envelope } from "#core/adapter.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import { compile, type Splice } from "#smtp/message/compile.ts";
import { type DkimKey, openSigner, verifyOwn } from "#smtp/message/dkim.ts";
import { joined, type Mail, type Part, partsOf } from "#smtp/message/mail.ts";
import type { MessageOptions } from "#smtp/message/message.ts";

export interface Composer {
  /** What makes the mails of this rendition to this list. @throws DeliveryError */
  spliceFor(envelope: Envelope<"email">): Promise<Splice>;
  /** A finished mail, with its signatures. */
  signedParts(mail: Mail): Promise<Part[]>;
}

/** @param dkim - none: the relay signs, or nobody. */
export function openComposer(message: MessageOptions, dkim: readonly DkimKey[]): Composer {
  const sign = openSigner(dkim);
  const compiled = new WeakMap<EmailRendition, Map<string, Promise<Splice>>>();

  const signedParts = async (mail: Mail): Promise<Part[]> => partsOf(mail, dkim.length > 0 ? await sign(mail) : []);
  const prepared = async (envelope: Envelope<"email">): Promise<Splice> => {
    const splice = await compile(envelope, message);
    if (dkim.length > 0) verifyOwn(joined(await signedParts(splice(envelope))), dkim);
    return splice;
  };
  return {
    spliceFor(envelope) {
      const { rendition, recipient } = envelope;
      const byList = compiled.get(rendition) ?? new Map<string, Promise<Splice>>();
      compiled.set(rendition, byList);
      const known = byList.get(recipient.list.name);
      if (known) return known;
      const made = prepared(envelope);
      byList.set(recipient.list.name, made);
      made.catch(() => byList.delete(recipient.list.name));
      return made;
    },
    signedParts,
  };
}
