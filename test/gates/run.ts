/**
 * Mails held against judges that nobody here wrote: `npm run gates -- [folder] [preset] [site url]`. Without a folder the
 * shipped posts, those of the tests and the other kinds of mail are judged. A judge that isn't on the machine is named and
 * left out; in CI that is a failure.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Site } from "#core/posts/post.ts";
import { openPictures } from "#images/pictures.ts";
import { mailBytes } from "#render/email/budget.ts";
import { openRenderer } from "#render/renderer.ts";
import { root, site as sampleSite, templatesDir } from "../render/support.ts";
import { browserGates } from "./browser.ts";
import { lettersOf, mailsOf } from "./compose.ts";
import { htmlGate } from "./html.ts";
import { type Finding, type Mail, mailCheckerGate, parserGate, spamScores } from "./mail.ts";
import { ownPosts, postsOf } from "./posts.ts";
import { textGate, wordShare } from "./text.ts";

const [folder, preset = "plain", url = "https://example.org"] = process.argv.slice(2);
const site: Site = folder ? { ...sampleSite, url: url.replace(/\/+$/, "") } : sampleSite;
const dir = mkdtempSync(join(tmpdir(), "gates-"));
const samplesDir = join(root, "test/golden/render/posts");
const roots = folder ? [resolve(folder), dirname(resolve(folder))] : [samplesDir];
// No host is allowed, so nothing is ever fetched.
const pictures = openPictures({ roots, siteUrl: site.url, hosts: [], fetch });
const renderer = await openRenderer({ templatesDir, site, pictures });

const posts = await (folder ? postsOf(folder, preset, site) : ownPosts(site));
const mails = await mailsOf(posts, renderer, dir);
const letters = folder ? [] : await lettersOf(posts, renderer, dir);
const all = [...mails, ...letters];
/** The template words of other mailers stay as they are, on purpose; a checker of mails can't know that. */
const typed = folder ? "" : String.raw`\{\{name\}\}|\*\|FNAME\|\*|%recipient%`;
const mostSpam = 0.5;

const spam = await spamScores(all);
const results: [judge: string, mails: readonly Mail[], Finding[] | null][] = [
  // A letter of which nobody can unsubscribe is no newsletter yet.
  ["check_email.py", mails, await mailCheckerGate(mails, typed)],
  ["Python's mail parser, no defect", all, await parserGate(all)],
  ["html-validate", all, await htmlGate(all)],
  [`SpamAssassin -L, at most ${mostSpam}`, all, spam && spamGate(spam)],
  ["text part: every link, 95 % of the words", all, textGate(all)],
  ...(await browserGates(all, { stripped: true })).map(([name, found]): [string, Mail[], Finding[] | null] => [
    name,
    all,
    found,
  ]),
];

function spamGate(scores: ReadonlyMap<string, { score: number; tests: string }>): Finding[] {
  return [...scores]
    .filter(([, { score }]) => !(score <= mostSpam))
    .map(([mail, { score, tests }]) => ({ mail, text: `${score}: ${tests}` }));
}

const line = (text: string): void => void process.stdout.write(`${text}\n`);
const nameWidth = Math.min(56, Math.max(...all.map(({ name }) => name.length)));
line(`${"Mail".padEnd(nameWidth)}   HTML KB   words in text   spam   findings`);
for (const { name, html, text } of all) {
  const found = results.reduce((sum, [, , each]) => sum + (each ?? []).filter(({ mail }) => mail === name).length, 0);
  const size = (mailBytes(html) / 1024).toFixed(1).padStart(7);
  const share = `${(wordShare(html, text) * 100).toFixed(1)} %`.padStart(13);
  const score = (spam?.get(name)?.score.toFixed(1) ?? "-").padStart(4);
  line(`${name.slice(0, nameWidth).padEnd(nameWidth)}   ${size}   ${share}   ${score}   ${found || "none"}`);
}
line("");

let failed = all.length === 0;
line(`${"Judge".padEnd(44)} mails   result`);
for (const [name, judged, found] of results) {
  const missing = found === null;
  // The checker of newsletters stands beside the repository, not in it; everything else can be installed.
  if (missing ? process.env["CI"] && name !== "check_email.py" : found.length > 0) failed = true;
  const result = missing ? "not here" : found.length === 0 ? "ok" : `${found.length} findings`;
  line(`${name.padEnd(44)} ${String(judged.length).padStart(5)}   ${result}`);
  for (const { mail, text } of (found ?? []).slice(0, 12)) line(`    ${mail}: ${text}`);
}
rmSync(dir, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
