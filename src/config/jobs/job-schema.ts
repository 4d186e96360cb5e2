/** The schema of a job file, by its kind. */

import { z } from "zod";
import { campaignSchema } from "./kinds/campaign.ts";
import { maintenanceSchema } from "./kinds/maintenance.ts";
import { publishSchema } from "./kinds/publish.ts";
import { republishSchema } from "./kinds/republish.ts";

const built = new Map<string, ReturnType<typeof buildSchemas>>();

/**
 * One schema for each kind. They are kept: building them takes longer than reading a job, and `serve` reads all jobs at
 * every look.
 * @param timezone - the site's time zone, for schedules without one.
 */
export function jobSchemas(timezone: string) {
  const schemas = built.get(timezone) ?? buildSchemas(timezone);
  built.set(timezone, schemas);
  return schemas;
}

function buildSchemas(timezone: string) {
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
