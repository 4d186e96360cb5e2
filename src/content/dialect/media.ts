/** Expands shortcodes for players and posts of other sites to their full addresses. */

import { type Arguments, named } from "./syntax/tag.ts";

export interface Media {
  url: string;
  label: string;
}

/** The player's address; renderers turn it into a card with a link to the video. `null` without an id. */
export function youtubePlayer(args: Arguments): string | null {
  const text = said(args, "id", "videoid", "video", "v", "url", "src");
  const id = /(?:youtu\.be\/|[?&]v=|\/embed\/|\/shorts\/|^)([\w-]{6,20})(?:$|[?&#/])/.exec(text)?.[1];
  return id ? `https://www.youtube.com/embed/${id}` : null;
}

export function vimeoPlayer(args: Arguments): string | null {
  const id = /(?:^|\/)(\d{4,14})(?:$|[?&#/])/.exec(said(args, "id", "video", "url", "src"))?.[1];
  return id ? `https://player.vimeo.com/video/${id}` : null;
}

/** A player of any site, by its address or path, or by the name of a known site and an id. */
export function playerOf(args: Arguments): string | null {
  const provider = named(args, "provider", "service", "type")?.toLowerCase();
  if (provider === "youtube") return youtubePlayer(args);
  if (provider === "vimeo") return vimeoPlayer(args);
  const source = said(args, "src", "url", "mp4", "file", "href");
  return /^(?:https?:\/\/|\.{0,2}\/|[\w-]+\.(?:mp4|webm|mov|mp3|ogg|m4a)$)/i.test(source) ? source : null;
}

/** From `user=… id=…`, an address, or only an id. */
export function tweetLink(args: Arguments): Media | null {
  const text = [said(args, "url", "href", "id", "tweetid"), ...args.positional].join(" ");
  const id = /(?:^|[\s/])(\d{5,25})(?=$|[\s?/])/.exec(text)?.[1];
  if (!id) return null;
  const user = named(args, "user", "username") ?? /(?:twitter|x)\.com\/(\w{1,30})\/status/.exec(text)?.[1];
  return {
    url: `https://x.com/${user ?? "i"}/status/${id}`,
    label: user ? `@${user} · x.com` : `x.com/i/status/${id}`,
  };
}

/** From `user id`, `user/id` or an address. */
export function gistLink(args: Arguments): Media | null {
  const text = args.positional.slice(0, 2).join("/") || said(args, "url", "id");
  const path = /^(?:https:\/\/gist\.github\.com\/)?([\w-]{1,40}\/)?([0-9a-f]{5,40})/i.exec(text);
  if (!path) return null;
  const page = `gist.github.com/${path[1] ?? ""}${path[2]}`;
  return { url: `https://${page}`, label: page };
}

function said(args: Arguments, ...names: string[]): string {
  return named(args, ...names) ?? args.positional[0] ?? "";
}
