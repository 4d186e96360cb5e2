/**
 * Reads the author's own texts for single networks: `social: { mastodon: … }`, and the `tweet` or `toot` of other
 * tools; `false` keeps a post from a network.
 */

import type { Post } from "#core/posts/post.ts";
import type { Preset } from "#core/posts/preset.ts";
import { pick, textOf, yesOrNo } from "./fields.ts";

/** Top-level keys that always mean a text. `twitter` or `mastodon` alone is a profile name. */
const known: Readonly<Record<string, string>> = { tweet: "x", toot: "mastodon" };
/** Former names of networks, and names of their posts. */
const aliases = new Map(Object.entries({ ...known, twitter: "x", bsky: "bluesky", fediverse: "mastodon" }));
/** The text for all other networks. */
const everyone = "default";

interface Said {
  texts: Record<string, string>;
  networks: Record<string, boolean>;
}

export function readSocialTexts(
  data: Readonly<Record<string, unknown>>,
  preset: Preset,
): Pick<Post, "socialTexts" | "networks" | "contentWarning"> {
  const said: Said = { texts: {}, networks: {} };
  for (const [field, network] of Object.entries(known)) keep(said, network, pick(data, [field])?.value);
  const social = pick(data, preset.keys.socialTexts)?.value;
  if (typeof social !== "object" || social === null) keep(said, everyone, social);
  else if (!Array.isArray(social))
    for (const [name, value] of Object.entries(social)) keep(said, aliases.get(name.toLowerCase()) ?? name, value);
  const contentWarning = textOf(pick(data, preset.keys.contentWarning)?.value)?.trim();
  return {
    ...(Object.keys(said.texts).length > 0 && { socialTexts: said.texts }),
    ...(Object.keys(said.networks).length > 0 && { networks: said.networks }),
    ...(contentWarning && { contentWarning }),
  };
}

/** If a name is given twice, the later value counts. Many blogs list their profiles under `social`: an address or a user name is not a text. */
function keep({ texts, networks }: Said, name: string, value: unknown): void {
  const text = textOf(value)?.trim() ?? "";
  const wanted = yesOrNo(value);
  if (wanted !== undefined) {
    networks[name] = wanted;
    if (!wanted) delete texts[name];
  } else if (text !== "" && !isProfile.test(text)) {
    texts[name] = text;
    delete networks[name];
  }
}

/** `@ada`, `ada.example.org`, `@ada@social.example`, `https://social.example/@ada`, `github.com/ada`, `in/ada`. */
const isProfile = /^(?:https?:\/\/\S+|[@~]?[\w.+-]+(?:@[\w.-]+)?|[\w.-]+\/\S*)$/;
