/** `retention` in `postrider.yaml`: how long personal data is kept. */

import { z } from "zod";

const days = z.int().min(1).max(36_500);

export const retentionSchema = z
  .strictObject({
    unconfirmedDays: days.default(30).describe("People who asked to subscribe and never confirmed."),
    networkDays: days
      .default(365)
      .describe("Network addresses from which people subscribed, confirmed or unsubscribed."),
    engagementDays: days.default(365).describe("Opens and clicks."),
    bounceDays: days.default(730).describe("Records of bounces. Suppressions are kept."),
    auditLogDays: days.optional().describe("Entries of the audit log. Default: all are kept."),
  })
  .prefault({});

export type RetentionRules = z.infer<typeof retentionSchema>;
