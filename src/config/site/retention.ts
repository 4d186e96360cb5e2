/** `retention` in `postrider.yaml`: how long what is known of people is kept. */

import { z } from "zod";

const days = z.int().min(1).max(36_500);

export const retentionSchema = z
  .strictObject({
    unconfirmedDays: days.default(30).describe("Who asked and never confirmed is then erased."),
    networkDays: days.default(365).describe("The network from which somebody asked, confirmed or left."),
    engagementDays: days.default(365).describe("Opens and clicks."),
    bounceDays: days.default(730).describe("What came back for mails; suppressions stay."),
  })
  .prefault({});

export type RetentionRules = z.infer<typeof retentionSchema>;
