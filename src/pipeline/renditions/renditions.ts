/** The rendition of a post for a channel, made once per process. */

import type { Adapter, NoteLimits } from "#core/adapter.ts";
import { PostriderError } from "#core/errors.ts";
import { ownTextOf, type Post } from "#core/posts/post.ts";
import type { EmailRendition, Medium, NoteFit, NoteStyle, Renderer, Rendition } from "#core/renditions/rendition.ts";
import { type Tracking, tracked } from "./tracking.ts";

/** A channel, or its part in a publication. */
export interface Destination {
  channel: string;
  adapter: string;
  medium: Medium;
  list?: string | null | undefined;
}

/** A process works on few posts at the same time. Older entries belong to finished campaigns. */
const mostRemembered = 50;
/** For networks without a limit that a note could reach. */
const noLimit = 10_000;

/** What rendering needs besides the adapter: the channel's limits, generated texts, and stored emails. */
export interface NoteSettings {
  styleOf(channel: string): NoteStyle;
  /** The limits of the channel's server, if they must be requested. */
  limitsOf?(channel: string): Promise<NoteLimits | undefined>;
  /** A generated text for a post without the author's own text for the channel. */
  wordsFor?(post: Post, fit: NoteFit): Promise<string | null>;
  /** The stored email of an edition for this list. */
  editionMail?(job: string, number: number, list: string): Promise<EmailRendition | null>;
  /** How opens and clicks of a list's emails are tracked; `null` without tracking. */
  trackingOf?(list: string): Tracking | null;
}

export function openRenditions(
  renderer: Renderer,
  adapters: ReadonlyMap<string, Adapter>,
  settings: NoteSettings = { styleOf: () => ({}) },
): (post: Post, destination: Destination) => Promise<Rendition> {
  const remembered = new Map<string, Promise<Rendition>>();
  return (post, destination) => {
    const key = [
      renderer.version,
      post.id,
      post.revision,
      destination.channel,
      destination.adapter,
      destination.list,
    ].join("\n");
    const known = remembered.get(key);
    if (known) return known;
    const made = render(post, destination, renderer, adapters, settings);
    remembered.set(key, made);
    // Failures are not cached: the template may be corrected before the next try.
    made.catch(() => remembered.delete(key));
    for (const oldest of [...remembered.keys()].slice(0, -mostRemembered)) remembered.delete(oldest);
    return made;
  };
}

async function render(
  post: Post,
  { channel, adapter: name, medium, list }: Destination,
  renderer: Renderer,
  adapters: ReadonlyMap<string, Adapter>,
  settings: NoteSettings,
): Promise<Rendition> {
  if (post.edition || medium === "email") {
    const name = list ?? channel;
    const mail = post.edition
      ? await editionMail(post.edition, name, settings)
      : await renderer.email(post, { name, title: name });
    const tracking = settings.trackingOf?.(name);
    return tracking ? tracked(mail, tracking) : mail;
  }
  if (medium === "feed") return renderer.feed(post);
  const adapter = adapters.get(name);
  if (!adapter) throw new PostriderError("not_found", `Unknown adapter "${name}"`);
  const limits = await settings.limitsOf?.(channel);
  const fit = noteFit(channel, adapter, settings.styleOf(channel), limits);
  const isAsked = fit.style.writer !== false && !ownTextOf(post, channel, name);
  const words = isAsked ? await settings.wordsFor?.(post, fit) : null;
  return renderer.note(post, words ? { ...fit, words } : fit);
}

async function editionMail(
  { job, number }: NonNullable<Post["edition"]>,
  list: string,
  settings: NoteSettings,
): Promise<EmailRendition> {
  const mail = await settings.editionMail?.(job, number, list);
  if (mail) return mail;
  throw new PostriderError("not_found", `Edition ${number} of "${job}" was not prepared for the list "${list}"`);
}

/** The limits of a channel's notes. */
export function noteFit(channel: string, adapter: Adapter, style: NoteStyle, limits?: NoteLimits): NoteFit {
  const { maxLength = noLimit, hashtags = 0, threads = false, warnings = false, card = "crawl" } = adapter.traits;
  return {
    channel,
    adapter: adapter.name,
    maxLength: limits?.maxLength ?? maxLength,
    measure: measureOf(adapter, limits),
    hashtags,
    threads,
    warnings,
    card,
    style,
  };
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The network's own way of counting, or else graphemes, which are visible characters. */
export function measureOf(adapter: Adapter, limits?: NoteLimits): (text: string) => number {
  return (text) => (adapter.measure ? adapter.measure(text, limits) : [...segmenter.segment(text)].length);
}
