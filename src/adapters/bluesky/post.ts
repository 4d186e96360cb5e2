/** Writes the record of a post: its text with facets, its language and its card (lexicon `app.bsky.feed.post`). */

import type { RichText } from "@atproto/api";
import type { NoteRendition } from "#core/renditions/rendition.ts";

export interface Facet {
  index: { byteStart: number; byteEnd: number };
  features: { $type: string; [field: string]: unknown }[];
}

export interface Blob {
  $type: "blob";
  ref: { $link: string };
  mimeType: string;
  size: number;
}

/** A certain version of a certain record. */
export interface StrongRef {
  uri: string;
  cid: string;
}

export interface PostParts {
  text: string;
  facets: Facet[];
  language: string;
  createdAt: Date;
  card?: { rendition: NoteRendition; thumb: Blob | null };
  reply?: { root: StrongRef; parent: StrongRef };
}

export function postRecord({ text, facets, language, createdAt, card, reply }: PostParts): object {
  return {
    $type: "app.bsky.feed.post",
    text,
    ...(facets.length > 0 && { facets }),
    langs: [language],
    createdAt: createdAt.toISOString(),
    ...(card && {
      embed: {
        $type: "app.bsky.embed.external",
        external: {
          uri: card.rendition.url,
          title: card.rendition.card.title,
          description: card.rendition.card.description,
          ...(card.thumb && { thumb: card.thumb }),
        },
      },
    }),
    ...(reply && { reply }),
  };
}

const mention = "app.bsky.richtext.facet#mention";
const link = "app.bsky.richtext.facet#link";
const encoder = new TextEncoder();

/**
 * Where links, hashtags and mentions are, in bytes of UTF-8.
 * @param makeText - the class of `@atproto/api`, which knows how Bluesky's own client finds them.
 * @param url - the permalink, which is one link whatever signs it ends with.
 * @param resolve - a handle's DID; a mention of nobody stays plain text.
 */
export async function facetsOf(
  makeText: new (props: { text: string }) => RichText,
  text: string,
  url: string,
  resolve: (handle: string) => Promise<string | null>,
): Promise<Facet[]> {
  const rich = new makeText({ text });
  rich.detectFacetsWithoutResolution();
  const whole = permalinkFacets(text, url);
  const found = ((rich.facets ?? []) as unknown as Facet[]).filter(
    ({ index }) => !whole.some((own) => index.byteStart < own.index.byteEnd && own.index.byteStart < index.byteEnd),
  );
  const resolved = await Promise.all(found.map((facet) => resolvedFacet(facet, resolve)));
  return [...resolved.filter((facet) => facet !== null), ...whole].sort(
    (a, b) => a.index.byteStart - b.index.byteStart,
  );
}

function permalinkFacets(text: string, url: string): Facet[] {
  const at = text.lastIndexOf(url);
  if (at < 0 || /^\S/.test(text.slice(at + url.length))) return [];
  const byteStart = encoder.encode(text.slice(0, at)).length;
  const index = { byteStart, byteEnd: byteStart + encoder.encode(url).length };
  return [{ index, features: [{ $type: link, uri: url }] }];
}

/** Before it is resolved, a mention holds the handle in place of the DID. */
async function resolvedFacet(
  { index, features }: Facet,
  resolve: (handle: string) => Promise<string | null>,
): Promise<Facet | null> {
  const kept = [];
  for (const feature of features) {
    if (feature.$type !== mention) kept.push(feature);
    else {
      const did = await resolve(String(feature["did"]));
      if (did !== null) kept.push({ ...feature, did });
    }
  }
  return kept.length > 0 ? { index: { byteStart: index.byteStart, byteEnd: index.byteEnd }, features: kept } : null;
}
