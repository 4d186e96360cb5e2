/** The fidelity report: every change that an email makes to a post, for its author. */

export interface Fidelity {
  changes: Change[];
  clients: ClientNote[];
  /** Size of the email's HTML, in bytes. */
  htmlBytes: number;
  /** Size of the email's pictures, in bytes, as far as known. */
  pictureBytes: number;
  /** These pictures, so that a preview can show them before they are online. */
  pictures: ShownPicture[];
}

export interface ShownPicture {
  /** The address in the email: `https:` or `cid:`. */
  src: string;
  /** Media type: `image/png`. */
  type: string;
  content: Uint8Array;
}

/** A difference between the email and the post on the web. */
export interface Change {
  kind: ChangeKind;
  /** Counted from 1 in the source file. */
  line: number;
  /** What was changed, in one sentence. */
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

/** A feature of the email that an email client doesn't support, by caniemail.com. */
export interface ClientNote {
  feature: string;
  /** What replaces it in clients without it. Absent: not assessed yet. */
  instead?: string;
  /** Clients without support, and clients with partial support. */
  none: string[];
  partial: string[];
  /** Elements of the post that use it, with their lines. Empty: only the frame of every email uses it. */
  elements: { element: string; lines: number[] }[];
}
