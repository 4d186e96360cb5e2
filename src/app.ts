/**
 * What the edges use of the floors below. `openSite` needs no database; `openApp` opens the ledger and the queue. Both
 * are loaded when they are called, because many commands need neither.
 */

import type { App } from "#app/open-app.ts";
import type { OpenOptions, SiteContext } from "#app/site.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { HolderWatch } from "#store/database/holder.ts";

export { loadAdapters } from "#adapters/index.ts";
export type { AdapterKit } from "#adapters/own/kit.ts";
export { jobJsonSchema, jobMistakes, jobsOf } from "#app/jobs/jobs.ts";
export type { RecordedBounce } from "#app/serving/bounces.ts";
export { openChecks } from "#app/trying/checks.ts";
export { openTrying } from "#app/trying/open-trying.ts";
export { openPreview } from "#app/trying/preview.ts";
export { type TriedCase, tryAdapter } from "#app/trying/try-adapter.ts";
export { siteJsonSchema } from "#config/site/site-json-schema.ts";
export { configFile, earlyLogLevel } from "#config/values/env.ts";
export { rulesTable } from "#content/checks/rules-table.ts";
export { type Blog, recogniseBlog } from "#content/generators/adopt.ts";
export { loadPreset } from "#content/generators/presets.ts";
export { type Suggestion, suggestPreset, suggestSettings } from "#content/generators/suggest.ts";
export { readBounce } from "#smtp/bounces/read-bounce.ts";
export { armHint } from "#store/database/fence.ts";
export { type HolderWatch, holderStopped } from "#store/database/holder.ts";
export { sitePorts } from "./app/desk.ts";
export type { App } from "./app/open-app.ts";
export { keepDataPrivate, unmendedSentence } from "./app/privacy.ts";
export {
  channelsNamed,
  channelsOf,
  leftOutIn,
  type OpenOptions,
  type SiteContext,
  systemClock,
} from "./app/site.ts";

/** @throws ConfigError */
export async function openSite(options: OpenOptions): Promise<SiteContext> {
  const site = await import("#app/site.ts");
  return site.openSite(options);
}

/** Opens database and queue, and updates their schemas. @param holder - default: the log reports when the process that has the database open ends. */
export async function openApp(site: SiteContext, channels: readonly Channel[], holder?: HolderWatch): Promise<App> {
  const app = await import("#app/open-app.ts");
  return app.openApp(site, channels, holder);
}
