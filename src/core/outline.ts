/** What Markdown says when it is only read and not rendered: the port through which `content` learns of a body's text. */

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
}
