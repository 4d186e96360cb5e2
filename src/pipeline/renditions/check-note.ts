/** Checks a social post for mistakes before it is posted. */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import { ownTextOf, type Post } from "#core/posts/post.ts";
import type { NoteFit, NoteRendition } from "#core/renditions/rendition.ts";
import { suggestion } from "#core/spelling.ts";

/** Only warnings: the note would still be posted. */
export function checkNote(
  note: NoteRendition,
  post: Post,
  fit: Pick<NoteFit, "channel" | "adapter" | "maxLength" | "measure">,
): Diagnostic[] {
  const { channel, adapter, maxLength, measure } = fit;
  const warn = (code: string, message: string): Diagnostic => ({
    ...{ severity: "warning", code, line: 1, message: `${channel}: ${message}` },
  });
  const parts = [note.text, ...note.thread];
  const own = ownTextOf(post, channel, adapter);
  const findings: Diagnostic[] = [];
  for (const [index, part] of parts.entries())
    if (measure(part) > maxLength)
      findings.push(warn("note-too-long", `part ${index + 1} counts ${measure(part)}, and ${maxLength} fit`));
  if (own && parts.length === 1 && !contains(note.text, own))
    findings.push(
      warn("note-cut", `your own text is too long and is cut to "${firstWords(note.text)}…"; ${maxLength} fit`),
    );
  if (note.text === note.url) findings.push(warn("note-empty", "only the link would be posted"));
  if (note.image && note.image.alt === "")
    findings.push(warn("note-without-alt", "its picture has no alternative text"));
  if (unreachable.test(note.url)) findings.push(warn("note-private-link", `other people can't open ${note.url}`));
  return findings;
}

/** @param known - the names of channels and adapters. A name that is similar to none of them belongs to another tool. */
export function misspeltNetworks({ socialTexts, networks }: Post, known: readonly string[]): Diagnostic[] {
  return Object.keys({ ...socialTexts, ...networks }).flatMap((name): Diagnostic[] => {
    const hint = known.includes(name) ? "" : suggestion(name, [...known, "default"]);
    if (name === "default" || hint === "") return [];
    const message = `social.${name}: no channel or network has this name; ${hint}`;
    return [{ severity: "warning", code: "unknown-network", line: 1, message }];
  });
}

/** A problem of several channels is reported once, with all their names. */
export function toldOnce(findings: readonly Diagnostic[]): Diagnostic[] {
  const split = (message: string): [string, string] => {
    const colon = message.indexOf(": ");
    return [message.slice(0, colon), message.slice(colon + 2)];
  };
  const groups = Map.groupBy(findings, ({ code, line, severity, message }) =>
    JSON.stringify([code, line, severity, split(message)[1]]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const channels = group.map(({ message }) => split(message)[0]).join(", ");
    return [{ ...first, message: `${channels}: ${split(first.message)[1]}` }];
  });
}

function contains(text: string, own: string): boolean {
  const flat = (each: string): string => each.replace(/\s+/g, " ").trim();
  const [, withoutLink = own] = /^(.*?)\s*https?:\S+\s*$/s.exec(own) ?? [];
  return flat(text).includes(flat(withoutLink));
}

function firstWords(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, 40);
}

/** RFC 6761, RFC 1918: addresses of one machine or a private network. */
const unreachable =
  /^https?:\/\/(?:localhost|[\w.-]+\.(?:localhost|local|test|internal)|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\])/i;
