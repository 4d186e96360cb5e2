/** The author's own words for single networks: `social: { mastodon: … }`, and what other tools call `tweet` or `toot`. */

import type { Post } from "#core/post.ts";
import type { Preset } from "#core/preset.ts";
import { pick, textOf } from "./fields.ts";

/** Names that mean a text and nothing else; `twitter` or `mastodon` alone is somebody's handle. */
const known: Readonly<Record<string, string>> = { tweet: "x", toot: "mastodon" };
/** How a network was called before, or its posts are. */
const aliases: Readonly<Record<string, string>> = { ...known, twitter: "x", bsky: "bluesky", fediverse: "mastodon" };
/** For every network that has no text of its own. */
const everyone = "default";

export function readSocialTexts(
  data: Readonly<Record<string, unknown>>,
  preset: Preset,
): Pick<Post, "socialTexts" | "contentWarning"> {
  const texts: Record<string, string> = {};
  for (const [field, network] of Object.entries(known)) keep(texts, network, pick(data, [field])?.value);
  const social = pick(data, preset.keys.socialTexts)?.value;
  if (typeof social === "string") keep(texts, everyone, social);
  else if (typeof social === "object" && social !== null && !Array.isArray(social))
    for (const [name, value] of Object.entries(social)) keep(texts, aliases[name] ?? name, value);
  const contentWarning = textOf(pick(data, preset.keys.contentWarning)?.value)?.trim();
  return { ...(Object.keys(texts).length > 0 && { socialTexts: texts }), ...(contentWarning && { contentWarning }) };
}

/** Many blogs list their profiles under `social`: an address or a handle is no text. */
function keep(texts: Record<string, string>, name: string, value: unknown): void {
  const text = textOf(value)?.trim() ?? "";
  if (text !== "" && !isProfile.test(text)) texts[name] = text;
}

/** `@ada`, `ada.example.org`, `@ada@social.example`, `https://social.example/@ada`, `github.com/ada`, `in/ada`. */
const isProfile = /^(?:https?:\/\/\S+|[@~]?[\w.+-]+(?:@[\w.-]+)?|[\w.-]+\/\S*)$/;
