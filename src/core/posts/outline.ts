/** The result of reading Markdown without rendering it: the port through which `content` inspects a post's text. */

/** Reads a body. `line` values count from 1 inside the body. Never throws on any input that `maxSource` admits. */
export type ReadOutline = (markdown: string) => Outline;

export interface Outline {
  headings: { depth: number; text: string; line: number }[];
  /** Paragraphs with more than an image in them, as plain text. */
  paragraphs: { text: string; line: number }[];
  images: { src: string; alt: string; line: number }[];
  links: { href: string; text: string; line: number }[];
  /** Prose outside code, line by line as a reader would see it: where leftover template syntax shows. */
  prose: { text: string; line: number }[];
  /** Everything as one plain text, code left out. */
  text: string;
  /** Where a bound was reached, so that a reader sees something else than what the author meant. */
  bounds: BoundReached[];
}

/** What keeps the reading of a post short. */
export type BoundKind = "marks" | "table" | "depth" | "formulas" | "formula";

export interface BoundReached {
  kind: BoundKind;
  line: number;
  /** The bound and what becomes of what is beyond it: a clause, without a full stop. */
  reason: string;
}
