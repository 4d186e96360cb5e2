/** Does with a post what `check` and `preview` do with it, in this process, and says how long each part took. */

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { channelsNamed, openPreview, openSite } from "#app.ts";
import type { Log } from "#core/log.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import { preview } from "#pipeline/pages/preview.ts";
import { checkNote } from "#pipeline/renditions/check-note.ts";
import { noteFit, openRenditions } from "#pipeline/renditions/renditions.ts";
import { processorTime } from "./calibrate.ts";

export interface Examined {
  /** Milliseconds of processor time: of reading, of that with rendering for every channel, and of the preview. */
  times: { read: number; check: number; preview: number };
  diagnostics: Diagnostic[];
  /** `false` where the post was refused before anything was rendered. */
  rendered: boolean;
  /** By name, what the preview would write. */
  files: ReadonlyMap<string, string | Buffer>;
}

/** A site with one channel of each medium, on which the text becomes the file `name`. */
export async function openExaminer(preset: string): Promise<(name: string, text: string) => Promise<Examined>> {
  const dir = mkdtempSync(join(tmpdir(), "postrider-fuzz-"));
  mkdirSync(join(dir, "posts"));
  writeFileSync(join(dir, "postrider.yaml"), configuration(preset));
  const site = await openSite({ config: join(dir, "postrider.yaml"), log: silent });
  const channels = channelsNamed(site, undefined, { dummies: true });
  const ports = openPreview(site);
  return async (name, text) => {
    const file = join(dir, "posts", name);
    writeFileSync(file, text);
    const begun = processorTime();
    const { post, diagnostics } = await site.content.read(file);
    const readAt = processorTime();
    const found = [...diagnostics];
    const render = openRenditions(site.renderer, site.adapters);
    for (const channel of post ? channels : []) {
      if (!post) continue;
      const rendition = await render(post, { ...channel, channel: channel.name });
      const adapter = site.adapters.get(channel.adapter);
      if (rendition.medium === "note" && adapter)
        found.push(...checkNote(rendition, post, noteFit(channel.name, adapter, {})));
    }
    const checkedAt = processorTime();
    const files = post ? await preview(post, ports) : new Map<string, string>();
    const times = { read: readAt - begun, check: checkedAt - begun, preview: processorTime() - checkedAt };
    return { times, diagnostics: found, rendered: post !== null, files };
  };
}

const configuration = (preset: string) => `site:
  title: The Almanac
  url: https://example.org
  postalAddress: The Almanac, 1 Lighthouse Road, Farhaven 12345
content: { dir: posts, preset: ${preset}, permalink: "/blog/:file/" }
server: { url: https://news.example.org }
channels:
  newsletter: { adapter: smtp, url: "inbox:inbox", from: "The Almanac <news@example.org>", list: everyone }
  feed: { adapter: rss, out: public }
  social: { adapter: outbox, dir: outbox }
`;

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
