/** The schema of a job file, by its kind. */

import { z } from "zod";
import { campaignSchema } from "./kinds/campaign.ts";
import { maintenanceSchema } from "./kinds/maintenance.ts";
import { publishSchema } from "./kinds/publish.ts";
import { republishSchema } from "./kinds/republish.ts";

/** One schema for each kind. @param timezone - the site's time zone, for schedules without one. */
export function jobSchemas(timezone: string) {
  return {
    publish: publishSchema(timezone),
    campaign: campaignSchema(timezone),
    republish: republishSchema(timezone),
    maintenance: maintenanceSchema(timezone),
  };
}

export type Declaration = z.output<ReturnType<typeof jobSchemas>[keyof ReturnType<typeof jobSchemas>]>;

/** JSON Schema (2020-12), for editors. */
export function jobJsonSchema(): unknown {
  const { $schema, ...rest } = z.toJSONSchema(z.discriminatedUnion("kind", kindsOf()), { io: "input" });
  return { $schema, title: "A job of Postrider", ...rest };
}

function kindsOf() {
  const { publish, campaign, republish, maintenance } = jobSchemas("UTC");
  return [publish, campaign, republish, maintenance] as const;
}
