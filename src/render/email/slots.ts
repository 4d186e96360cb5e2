/** Tokens in an email for each recipient's own values. */

import type { EmailSlots } from "#core/renditions/rendition.ts";
import { slotToken } from "#core/renditions/slots.ts";

export function slotsFor(revision: string): EmailSlots {
  const token = (slot: keyof EmailSlots): string => slotToken(revision, slot);
  return {
    unsubscribeUrl: token("unsubscribeUrl"),
    viewUrl: token("viewUrl"),
    preferencesUrl: token("preferencesUrl"),
    preferences: token("preferences"),
    confirmUrl: token("confirmUrl"),
    name: token("name"),
  };
}
