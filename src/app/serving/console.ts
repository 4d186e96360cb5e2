/** Gives the console what it needs. Most of it is read when somebody opens the first page. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LiveEvents } from "#core/events/event.ts";
import type { DeskPorts } from "#desk/ports.ts";
import type { TryingPorts } from "#desk/posts/trying.ts";
import { packageDir } from "#files/package.ts";
import type { ConsoleMount } from "#http/console/mount.ts";
import type { Database } from "#store/database/database.ts";
import { fence } from "#store/database/fence.ts";
import { type SiteContext, serverAddress, templatesDir } from "../site.ts";
import { shownSettings } from "./settings.ts";

/** `null`: it is switched off. */
export function openConsole(
  site: SiteContext,
  database: Database,
  desk: DeskPorts,
  events: LiveEvents,
  trying: TryingPorts,
): ConsoleMount | null {
  const { config, clock } = site;
  if (!config.console) return null;
  return {
    behindProxy: config.behindProxy,
    ports: {
      title: config.console.title,
      site: config.site,
      isSecure: serverAddress(site).startsWith("https:"),
      ...{ desk, events, trying, hasProvider: config.oidc !== undefined },
      fence: () => fence(database),
      settings: () => shownSettings(config),
      now: () => clock.now(),
      async assets() {
        const { colourTokens } = await import("#render/pages/style.ts");
        const { readTheme } = await import("#render/email/theme/theme.ts");
        const file = join(templatesDir(config), "theme.yaml");
        const [style, script] = await Promise.all(
          ["console.css", "console.js"].map((name) => readFile(join(packageDir, "assets", name), "utf8")),
        );
        return {
          style: `${colourTokens(readTheme(await readFile(file, "utf8"), file))}\n${style}`,
          script: script ?? "",
        };
      },
    },
  };
}
