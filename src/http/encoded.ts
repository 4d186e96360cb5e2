/** A response body with its validators and compressed forms, computed once. */

import { createHash } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { parseHttpDate } from "./http-date.ts";

export interface Encoded {
  /**
   * Weak, made from the uncompressed bytes. A strong one would have to differ for each encoding, and would never
   * match if a proxy compresses the body again.
   */
  etag: string;
  lastModified: string;
  /** RFC 9110 §13.1: whether a feed reader that sent these conditions already has these bytes. If-None-Match takes precedence. */
  isKnownTo(ifNoneMatch: string | null, ifModifiedSince: string | null): boolean;
  /** RFC 9110 §12.5.3. */
  choose(acceptEncoding: string | null): { body: Uint8Array<ArrayBuffer>; encoding?: "br" | "gzip" };
}

export function encoded(text: string, changedAt: Date): Encoded {
  const bytes = new Uint8Array(Buffer.from(text));
  const tag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}"`;
  const changed = Math.floor(changedAt.getTime() / 1000);
  const forms = new Map<string, Uint8Array<ArrayBuffer>>();
  const form = (encoding: "br" | "gzip"): Uint8Array<ArrayBuffer> => {
    let made = forms.get(encoding);
    if (!made) {
      made = new Uint8Array(
        encoding === "br"
          ? brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
          : gzipSync(bytes),
      );
      forms.set(encoding, made);
    }
    return made;
  };
  return {
    etag: `W/${tag}`,
    lastModified: new Date(changed * 1000).toUTCString(),
    isKnownTo(ifNoneMatch, ifModifiedSince) {
      if (ifNoneMatch !== null) return ifNoneMatch.trim() === "*" || weakTags(ifNoneMatch).includes(tag);
      // Some feed readers send dates that we never gave, so any date that is not before the last change counts.
      const since = ifModifiedSince === null ? null : parseHttpDate(ifModifiedSince);
      return since !== null && since >= changed;
    },
    choose(acceptEncoding) {
      const qualities = parseQualities(acceptEncoding ?? "");
      const quality = (name: string): number => qualities.get(name) ?? qualities.get("*") ?? 0;
      const best = quality("br") >= quality("gzip") ? ("br" as const) : ("gzip" as const);
      // If the header does not name `identity`, uncompressed bytes are allowed, but not preferred.
      const plain = qualities.get("identity") ?? 0;
      return quality(best) > 0 && quality(best) >= plain ? { body: form(best), encoding: best } : { body: bytes };
    },
  };
}

/**
 * `"a", W/"b"` -> `"a"`, `"b"`: If-None-Match compares weakly. Proxies that compress append the encoding to the tag,
 * and not all of them remove it again.
 */
function weakTags(header: string): string[] {
  return [...header.matchAll(/(?:W\/)?"([^"]*?)(?:[-;](?:gzip|br|zstd|deflate))?"/g)].map(([, tag]) => `"${tag}"`);
}

function parseQualities(header: string): Map<string, number> {
  return new Map(
    header.split(",").flatMap((part): [string, number][] => {
      const [name = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean);
      return name ? [[name.trim().replace(/^x-gzip$/, "gzip"), quality === undefined ? 1 : Number(quality)]] : [];
    }),
  );
}
