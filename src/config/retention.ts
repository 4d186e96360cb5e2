/** `retention` in `postrider.yaml`: how long what is known of people is kept. */

import { z } from "zod";

const days = z.int().min(1).max(36_500);

export const retentionSchema = z
  .strictObject({
    /** Who asked and never confirmed is then erased. */
    unconfirmedDays: days.default(30),
    /** The network from which somebody asked, confirmed or left. */
    networkDays: days.default(365),
    /** Opens and clicks. */
    engagementDays: days.default(365),
    /** What came back for mails; suppressions stay. */
    bounceDays: days.default(730),
  })
  .prefault({});

export type RetentionRules = z.infer<typeof retentionSchema>;
