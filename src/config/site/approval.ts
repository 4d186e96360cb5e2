/** `approval` of a channel in `postrider.yaml`. */

import { z } from "zod";

export const approvalKey = z.strictObject({
  approval: z
    .literal("other")
    .optional()
    .describe("other: something is only sent there after another person has approved the plan."),
});

export type Approval = z.infer<typeof approvalKey>;
