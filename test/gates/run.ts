/**
 * Mails held against judges that nobody here wrote: `npm run gates -- [folder] [preset] [site url]`. Without a folder the
 * sample posts are judged. A judge that isn't on the machine is named and left out; in CI that is a failure.
 */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openContent } from "#content/content.ts";
import type { Envelope } from "#core/adapter.ts";
import { sha256 } from "#core/idempotency.ts";
import type { Post, Site } from "#core/post.ts";
import { fillSlots } from "#core/slots.ts";
import { readOutline } from "#render/outline.ts";
import { openRenderer } from "#render/renderer.ts";
import { buildMessage } from "#smtp/message.ts";
import { site as sampleSite, samples, templatesDir } from "../render/support.ts";
import { browserGates } from "./browser.ts";
import { htmlGate } from "./html.ts";
import { type Finding, type Mail, mailCheckerGate, parserGate, spamGate } from "./mail.ts";

const [folder, preset = "plain", url = "https://example.org"] = process.argv.slice(2);
const site: Site = folder ? { ...sampleSite, url: url.replace(/\/+$/, "") } : sampleSite;
const dir = mkdtempSync(join(tmpdir(), "gates-"));

async function posts(): Promise<Post[]> {
  if (!folder) {
    const long = samples["plain"];
    if (!long) throw new Error("the sample posts are gone");
    const body = Array.from({ length: 120 }, () => long.body).join("\n\n");
    // The template words of other mailers stay as they are, on purpose; a checker of mails can't know that.
    const judged = Object.values(samples).map((post) => ({
      ...post,
      body: post.body.replace(/^Template words.*$/m, ""),
    }));
    return [...judged, { ...long, id: "posts/long.md", body, revision: sha256(body) }];
  }
  const clock = { now: () => new Date(), sleep: async (ms: number) => void (await sleep(ms)) };
  const content = openContent(
    { dir: resolve(folder), preset },
    { site, outline: readOutline, clock, baseDir: process.cwd() },
  );
  const readings = await Promise.all((await content.list()).map((path) => content.read(path)));
  return readings.flatMap(({ post }) => post ?? []);
}

async function mails(): Promise<Mail[]> {
  const renderer = await openRenderer({ templatesDir, site });
  const list = { name: "letters", title: "Letters" };
  return Promise.all(
    (await posts()).map(async (post, index): Promise<Mail> => {
      const rendition = await renderer.email(post, list);
      const recipient = {
        address: "reader@example.org",
        name: "A Reader",
        list,
        unsubscribeUrl: "https://news.example.org/unsubscribe/token",
        viewUrl: post.url,
      };
      const envelope: Envelope<"email"> = {
        key: sha256(post.id),
        rendition,
        recipient,
        publishedAt: new Date(post.publishedAt),
      };
      const file = join(dir, `${index}.eml`);
      writeFileSync(file, await buildMessage(envelope, { from: "The Reading Room <news@example.org>" }));
      return { name: post.id, file, html: fillSlots(rendition, recipient).html };
    }),
  );
}

const all = await mails();
const gates: Record<string, () => Promise<Finding[] | null>> = {
  "check_email.py": () => mailCheckerGate(all),
  "Python's mail parser": () => parserGate(all),
  "html-validate": () => htmlGate(all),
  "SpamAssassin <= 0.5": () => spamGate(all),
};
let failed = false;
const row = (name: string, found: Finding[] | null): void => {
  const missing = found === null;
  // The checker of newsletters stands beside the repository, not in it; everything else can be installed.
  if (missing ? process.env["CI"] && name !== "check_email.py" : found.length > 0) failed = true;
  const result = missing ? "not here" : found.length === 0 ? "ok" : `${found.length} findings`;
  process.stdout.write(`  ${name.padEnd(28)} ${String(all.length).padStart(4)} mails  ${result}\n`);
  for (const { mail, text } of (found ?? []).slice(0, 12)) process.stdout.write(`    ${mail}: ${text}\n`);
};
for (const [name, judge] of Object.entries(gates)) row(name, await judge());
for (const [name, found] of await browserGates(all)) row(name, found);
rmSync(dir, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
