/** The rendition of a post for a channel, made once and remembered while the process lives. */

import type { Adapter } from "#core/adapter.ts";
import { PostriderError } from "#core/errors.ts";
import type { Post } from "#core/post.ts";
import type { Medium, Renderer, Rendition } from "#core/rendition.ts";

/** A channel, or its part in a publication. */
export interface Destination {
  channel: string;
  adapter: string;
  medium: Medium;
  list?: string | null | undefined;
}

/** A process works on few posts at a time; more than this are from campaigns long finished. */
const mostRemembered = 50;
/** When an adapter names no limit, its network has none that a note would reach. */
const noLimit = 10_000;

export function openRenditions(
  renderer: Renderer,
  adapters: ReadonlyMap<string, Adapter>,
): (post: Post, destination: Destination) => Promise<Rendition> {
  const remembered = new Map<string, Promise<Rendition>>();
  return (post, destination) => {
    const key = [post.id, post.revision, destination.channel, destination.adapter, destination.list].join("\n");
    const known = remembered.get(key);
    if (known) return known;
    const made = render(post, destination, renderer, adapters);
    remembered.set(key, made);
    // A failure is not worth remembering: the template may be mended by the next try.
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
): Promise<Rendition> {
  if (medium === "email") return renderer.email(post, { name: list ?? channel, title: list ?? channel });
  if (medium === "feed") return renderer.feed(post);
  const adapter = adapters.get(name);
  if (!adapter) throw new PostriderError("not_found", `There is no adapter "${name}" any more`);
  return renderer.note(post, { maxLength: adapter.traits.maxLength ?? noLimit, measure: measureOf(adapter) });
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The network's own counting, or graphemes: what a person would call characters. */
export function measureOf(adapter: Adapter): (text: string) => number {
  return (text) => (adapter.measure ? adapter.measure(text) : [...segmenter.segment(text)].length);
}
