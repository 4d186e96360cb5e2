/** The notes of all sample posts, for every adapter that there is. */

import { loadAdapters } from "#adapters/index.ts";
import type { Post } from "#core/posts/post.ts";
import type { NotesOfPost } from "#pipeline/pages/notes-page.ts";
import { shownNote } from "#pipeline/pages/preview.ts";
import { noteFit } from "#pipeline/renditions/renditions.ts";
import { openRenderer } from "#render/renderer.ts";
import { readSample } from "../content/sample.ts";
import { site, templatesDir } from "./support.ts";

export async function notesOfSample(): Promise<(NotesOfPost & { post: Post })[]> {
  const renderer = await openRenderer({ templatesDir, site });
  const adapters = [...(await loadAdapters()).values()].filter(({ medium }) => medium === "note");
  return (await readSample()).flatMap(({ post }) => {
    if (!post) return [];
    const notes = adapters.map((adapter) =>
      shownNote(adapter.name, adapter, renderer.note(post, noteFit(adapter.name, adapter, {}))),
    );
    return [{ post, title: post.title, author: post.authors[0]?.name ?? "", notes }];
  });
}
