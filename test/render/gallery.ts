/**
 * Every sample post as a note on every network, on one page to look through: `npm run gallery -- [file.html]`. Needs the
 * sample of real posts.
 */

import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { notesPage } from "#pipeline/pages/notes-page.ts";
import { hasCorpus } from "../content/support.ts";
import { notesOfSample } from "./sample-notes.ts";

if (!hasCorpus) throw new Error("the sample of posts is not on this machine; POSTRIDER_CORPUS names its folder");
const file = process.argv[2] ? resolve(process.argv[2]) : join(tmpdir(), "postrider-gallery.html");
const posts = await notesOfSample();
writeFileSync(file, notesPage("Every sample post on every network", posts));
process.stdout.write(
  `${posts.length} posts, ${posts.reduce((sum, { notes }) => sum + notes.length, 0)} notes: ${file}\n`,
);
