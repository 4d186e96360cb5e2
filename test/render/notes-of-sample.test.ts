/** Notes of real posts: they fit, they link, and they read as if a person had written them. */

import { beforeAll, describe, expect, it } from "vitest";
import { hasCorpus } from "../content/support.ts";
import { notesOfSample } from "./sample-notes.ts";

let all: Awaited<ReturnType<typeof notesOfSample>> = [];
beforeAll(async () => {
  all = await notesOfSample();
}, 120_000);

const everyNote = () => all.flatMap(({ post, notes }) => notes.map((shown) => ({ post, ...shown })));
/** What is said, without the link and the hashtags under it. */
const said = (text: string, url: string): string =>
  text
    .slice(0, -url.length)
    .trim()
    .replace(/(?:\s*#(?=[\p{N}_]*\p{L})[\p{L}\p{N}_]+)+$/u, "");

describe.skipIf(!hasCorpus)("Notes of the sample posts", () => {
  it("exist for every post and network", () => {
    expect(all.length).toBeGreaterThan(145);
    expect(everyNote().length).toBeGreaterThan(all.length * 5);
  });

  it("fit by the network's own rule", () => {
    const over = everyNote().filter(({ counts, limit }) => counts.some((count) => limit !== null && count > limit));
    expect(over.map(({ post, channel }) => `${post.path} ${channel}`)).toEqual([]);
  });

  it("end with the whole permalink", () => {
    for (const { note, post } of everyNote()) expect([note.text, ...note.thread].at(-1)?.endsWith(post.url)).toBe(true);
  });

  it("end their words at a sentence, or with an ellipsis after a whole word", () => {
    const broken = everyNote().flatMap(({ note, post, channel }) => {
      const words = said(note.text, post.url);
      if (words === post.title || /[.!?…。！？:)"”'’」]\p{Emoji_Presentation}?$/u.test(words) || words === "")
        return [];
      // A title or summary that ends as its author left it is whole.
      const own = post.shareText?.replace(post.url, "").trim();
      if (words.endsWith(note.summary) || words.endsWith(note.title) || words === own) return [];
      return [`${channel} ${post.path}: …${words.slice(-60)}`];
    });
    expect(broken).toEqual([]);
  });

  it("contain no Markdown, HTML or template syntax, in posts without errors", () => {
    const marked = everyNote().flatMap(({ note, post, channel }) => {
      if (post.status === "held") return [];
      const left =
        /\[[^\]\n]+\]\([^)\n]+\)|(?<!\w)\*\*\S|<\/?(?:a|b|p|br|em|strong|div|span|img|code)\b[^>]*>|&(?:amp|lt|gt|nbsp);|^#{1,6} |^```|\{%|\{\{/m.exec(
          note.text,
        );
      return left ? [`${channel} ${post.path}: ${left[0]}`] : [];
    });
    expect(marked).toEqual([]);
  });
});
