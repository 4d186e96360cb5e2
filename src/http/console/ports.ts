/** What the console needs from the application. */

import type { LiveEvents } from "#core/events/event.ts";
import type { Site } from "#core/posts/post.ts";
import type { DeskPorts } from "#desk/ports.ts";
import type { TryingPorts } from "#desk/posts/trying.ts";

export interface ConsoleAssets {
  /** With the colours of the site's theme. */
  style: string;
  script: string;
}

/** One setting of `postrider.yaml`, as it is in force. */
export interface ShownSetting {
  /** Such as `site.title`. */
  name: string;
  value: string;
  /** The line of the file; `null`: the default. */
  line: number | null;
}

export interface ConsolePorts {
  /** Shown at the top of every page. */
  title: string;
  site: Pick<Site, "title" | "url" | "timezone" | "postalAddress">;
  /** The server's public address begins with `https:`: cookies are then only sent over TLS. */
  isSecure: boolean;
  desk: DeskPorts;
  events: LiveEvents;
  /** People can also sign in through a provider. */
  hasProvider: boolean;
  assets(): Promise<ConsoleAssets>;
  /** Why this database must not send; `null` if it may. */
  fence(): Promise<string | null>;
  trying: Pick<TryingPorts, "preview">;
  settings(): { file: string; settings: ShownSetting[] };
  now(): Date;
}
