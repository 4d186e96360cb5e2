/** Tokens that stand in a mail for each recipient's own values. */

import { sha256 } from "#core/idempotency.ts";
import type { EmailSlots } from "#core/rendition.ts";

/** The revision is a hash over the post: whoever types a token into a post gives it another revision and other tokens. */
export function slotsFor(revision: string): EmailSlots {
  return { unsubscribeUrl: token(revision, "unsubscribeUrl"), viewUrl: token(revision, "viewUrl") };
}

function token(revision: string, slot: string): string {
  return `pr${sha256(`${revision}\n${slot}`).slice(0, 24)}`;
}
