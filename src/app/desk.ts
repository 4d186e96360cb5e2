/** Opens the desk of a site: everything that the acts of operators use. */

import { stat } from "node:fs/promises";
import { isAbsolute, relative, resolve } from "node:path";
import type { Transport } from "#core/adapter.ts";
import type { AuditBook } from "#core/audit/audit.ts";
import { PostriderError } from "#core/errors.ts";
import type { HookBook } from "#core/hooks/hook.ts";
import type { EditionBook } from "#core/jobs/edition.ts";
import type { Listings } from "#core/listings/listings.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Reading } from "#core/posts/content.ts";
import type { PlanBook } from "#core/publishing/kept-plan.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { RequestBook } from "#core/requests/request.ts";
import type { DeskPorts, JobsPort, OpenedPorts, PeoplePorts, ReaderPorts, SitePorts } from "#desk/ports.ts";
import type { Recognition } from "#pipeline/publishing/recognise.ts";
import { openRenditions } from "#pipeline/renditions/renditions.ts";
import { fencedError } from "#store/database/fence.ts";
import type { FeedDesk } from "./feed-desk.ts";
import {
  channelsNamed,
  channelsOf,
  configuredChannels,
  leftOutIn,
  mailedLists,
  placeIn,
  type SiteContext,
  serverAddress,
  siteLists,
} from "./site.ts";

/** The ports that need a site, but not its database. */
export function sitePorts(site: SiteContext): SitePorts {
  const styleOf = (name: string) => channelsNamed(site, [name], { dummies: true })[0]?.style ?? {};
  const render = openRenditions(site.renderer, site.adapters, { styleOf });
  return {
    signInUrl: (secret) => `${serverAddress(site)}/console/sign-in?link=${secret}`,
    channelsNamed: (names) => channelsNamed(site, names),
    readFile: (path) => site.content.read(path),
    readPost: (name) => readPost(site, name),
    postFiles: () => postFiles(site),
    leftOut: leftOutIn(site),
    placeOf: placeIn(site),
    listsNamed: () => siteLists(site),
    mailedLists: () => mailedLists(site),
    segments: site.config.segments,
    channelsOf: (medium) => channelsOf(site, medium),
    configuredChannels: () => configuredChannels(site),
    renderOffline: (post, channel) => render(post, { ...channel, channel: channel.name }),
  };
}

/** The caller waits while networks are edited. */
const editMs = 5 * 60_000;

export interface DeskParts {
  ports: SendingPorts;
  recognition: Recognition;
  jobs: JobsPort;
  editions: EditionBook;
  audit: AuditBook;
  requests: RequestBook;
  plans: PlanBook;
  hooks: HookBook;
  readers: ReaderPorts;
  listings: Listings;
  people: PeoplePorts;
  feeds: Pick<FeedDesk, "rebuild">;
  openChannel(channel: Channel): Promise<Transport>;
  withdrawItems: DeskPorts["withdrawItems"];
  engagement: DeskPorts["engagement"];
  arm: DeskPorts["arm"];
  /** Why this database must not send; `null` if it may. */
  fence(): Promise<string | null>;
}

export function deskPorts(
  site: SiteContext,
  { ports, recognition, readers, people, fence, ...parts }: DeskParts,
): DeskPorts {
  const opened: OpenedPorts = {
    ...ports,
    ...recognition,
    ...readers,
    ...people,
    ...parts,
    feeds: {
      async build(channel, out) {
        const elsewhere = out && { config: { ...(channel.config as object), out: resolve(out) } };
        await using transport = await parts.openChannel({ ...channel, ...elsewhere });
        return await parts.feeds.rebuild(channel, transport, true);
      },
    },
    edits: () => AbortSignal.timeout(editMs),
    async mayGo() {
      const reason = await fence();
      if (reason) throw fencedError(reason);
    },
  };
  return { ...sitePorts(site), ...opened, opened: async () => opened };
}

/** Findings for a missing file: the name may then be an id. */
const noFile: readonly string[] = ["missing-file", "not-a-file"];

/** Reads a post by its path below the content folder or the site, or by its id. Files outside of these folders are not read. */
async function readPost({ config, content }: SiteContext, name: string): Promise<Reading> {
  // No file name and no id contains NUL, and the system refuses such a path.
  const folders = name.includes("\0") ? [] : [config.content.dir, config.dir];
  for (const folder of folders) {
    const path = resolve(folder, name);
    if (!isWithin(config.content.dir, path)) continue;
    const reading = await content.read(path);
    if (!reading.diagnostics.some(({ code }) => noFile.includes(code))) return reading;
  }
  for (const path of await content.list()) {
    const reading = await content.read(path);
    if (reading.post?.id === name) return reading;
  }
  throw new PostriderError("not_found", `There is no post "${name}"`, {
    hint: "Use its path below the content folder, percent-encoded.",
  });
}

/** A file that disappears meanwhile comes last. */
async function postFiles({ content }: SiteContext): Promise<string[]> {
  const paths = await content.list();
  const edited = await Promise.all(paths.map(async (path) => (await stat(path).catch(() => null))?.mtimeMs ?? 0));
  const files = paths.map((path, at) => ({ path, edited: edited[at] ?? 0 }));
  return files
    .sort((one, other) => other.edited - one.edited || (one.path < other.path ? 1 : -1))
    .map(({ path }) => path);
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && !way.startsWith("..") && !isAbsolute(way);
}
