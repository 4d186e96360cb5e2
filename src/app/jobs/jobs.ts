/** The declared jobs of a site. */

import { type Jobs, readJobs } from "#config/jobs/jobs.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { type SiteContext, templatesDir } from "../site.ts";

export { jobJsonSchema, jobMistakes } from "#config/jobs/jobs.ts";

/** @param lists - lists with readers that are not in the configuration; absent if there is no database to ask. */
export function jobsOf(
  { config }: SiteContext,
  channels: readonly Channel[],
  lists?: readonly string[],
): Promise<Jobs> {
  return readJobs({
    dir: config.dir,
    timezone: config.site.timezone,
    channels,
    ...(lists && { lists: [...Object.keys(config.lists), ...lists] }),
    segments: config.segments,
    templatesDir: templatesDir(config),
  });
}
