/** The fidelity report: every change that an email makes to a post, for its author. */

export interface Fidelity {
  changes: Change[];
  clients: ClientNote[];
  /** HTML of the mail as it arrives, in bytes. */
  htmlBytes: number;
  /** Pictures that the mail shows, in bytes, as far as they are known. */
  pictureBytes: number;
  /** Those pictures: a preview shows the mail before they are online. */
  pictures: ShownPicture[];
}

export interface ShownPicture {
  /** As it stands in the mail: `https:`, `cid:`. */
  src: string;
  /** Media type: `image/png`. */
  type: string;
  content: Uint8Array;
}

/** Something that is different from the post on the web. */
export interface Change {
  kind: ChangeKind;
  /** Counted from 1 in the source file. */
  line: number;
  /** What became of it, in one sentence. */
  message: string;
}

export type ChangeKind =
  | "embed"
  | "html-dropped"
  | "link-rewritten"
  | "link-removed"
  | "image-converted"
  | "image-missing"
  | "heading"
  | "details-opened"
  | "table-wide"
  | "cut";

/** A feature of the mail that a mail client doesn't support, by caniemail.com. */
export interface ClientNote {
  feature: string;
  /** What does the work where it is missing. Without this nobody has looked at it yet. */
  instead?: string;
  /** Clients without it, and those with parts of it. */
  none: string[];
  partial: string[];
  /** What in the post makes use of it, and on which lines. Empty: only what every mail has around the post. */
  elements: { element: string; lines: number[] }[];
}
