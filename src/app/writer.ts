/** Texts from a language model for social posts, if one is configured: asked for once, checked, stored. */

import { messageOf } from "#core/errors.ts";
import type { Post } from "#core/posts/post.ts";
import type { NoteFit } from "#core/renditions/rendition.ts";
import { readOutline } from "#render/markdown/outline.ts";
import type { Database } from "#store/database/database.ts";
import { findWords, keepWords } from "#store/publications/written-words.ts";
import { askForWords } from "#writer/ask.ts";
import { checkedWords } from "#writer/check-words.ts";
import type { SiteContext } from "./site.ts";

/** `null` if there is no usable text: the note is then made without it. Never throws because of the model. */
export type Words = (post: Post, fit: NoteFit) => Promise<string | null>;

export function openWords({ config, log }: SiteContext, { pool }: Database, send: typeof fetch): Words | undefined {
  const { writer } = config;
  if (!writer) return undefined;
  const ask = async (post: Post, { channel, adapter, maxLength }: NoteFit): Promise<string | null> => {
    const text = readOutline(post.body)
      .paragraphs.map((paragraph) => paragraph.text)
      .join("\n\n");
    const { title, summary, language, url } = post;
    try {
      const assignment = { title, text, language, network: adapter, summary: summary.text, room: roomIn(maxLength) };
      const checked = checkedWords(
        await askForWords(writer, assignment, send),
        url,
        [title, summary.text, text].join("\n"),
      );
      if ("words" in checked) return checked.words;
      log.warn(`${channel}: the generated text is not used: ${checked.problem}`);
    } catch (error) {
      log.warn(`${channel}: no text was generated: ${messageOf(error)}`);
    }
    return null;
  };
  return async (post, fit) => {
    const what = { postId: post.id, revision: post.revision, channel: fit.channel };
    const known = await findWords(pool, what);
    return known === undefined ? keepWords(pool, what, await ask(post, fit)) : known;
  };
}

/** Characters, with space for the link. Readers of social networks read no more than this. */
function roomIn(maxLength: number): number {
  return Math.min(Math.max(maxLength - 40, 80), 600);
}
