/** The author's own words for single networks: `social: { mastodon: … }`, and what other tools call `tweet` or `toot`. */

import type { Post } from "#core/post.ts";
import type { Preset } from "#core/preset.ts";
import { pick, textOf } from "./fields.ts";

/** Names that mean a text and nothing else; `twitter` or `mastodon` alone is somebody's handle. */
const known: Readonly<Record<string, string>> = { tweet: "x", toot: "mastodon" };

export function readSocialTexts(
  data: Readonly<Record<string, unknown>>,
  preset: Preset,
): Pick<Post, "socialTexts" | "contentWarning"> {
  const texts: Record<string, string> = {};
  for (const [field, network] of Object.entries(known)) keep(texts, network, pick(data, [field])?.value);
  const social = pick(data, preset.keys.socialTexts)?.value;
  if (typeof social === "object" && social !== null && !Array.isArray(social))
    for (const [name, value] of Object.entries(social)) keep(texts, name, value);
  const contentWarning = textOf(pick(data, preset.keys.contentWarning)?.value)?.trim();
  return { ...(Object.keys(texts).length > 0 && { socialTexts: texts }), ...(contentWarning && { contentWarning }) };
}

/** Many blogs list their profiles under `social`: an address or a handle is no text. */
function keep(texts: Record<string, string>, name: string, value: unknown): void {
  const text = textOf(value)?.trim() ?? "";
  if (/\s/.test(text) || (/\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Thai}/u.test(text) && !text.includes("/")))
    texts[name] = text;
}
