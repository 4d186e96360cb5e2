/** Tokens that stand in a mail for each recipient's own values. */

import { sha256 } from "#core/idempotency.ts";
import type { EmailSlots } from "#core/rendition.ts";

/** The revision is a hash over the post: whoever types a token into a post gives it another revision and other tokens. */
export function slotsFor(revision: string): EmailSlots {
  const token = (slot: keyof EmailSlots): string => `pr${sha256(`${revision}\n${slot}`).slice(0, 24)}`;
  return {
    unsubscribeUrl: token("unsubscribeUrl"),
    viewUrl: token("viewUrl"),
    preferencesUrl: token("preferencesUrl"),
    preferences: token("preferences"),
    confirmUrl: token("confirmUrl"),
    name: token("name"),
  };
}
