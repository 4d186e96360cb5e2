/** Pictures for emails: the port through which `render` finds, measures and converts them. */

/** Finds and prepares pictures. Never throws for a picture that can't be had: it says why, and the mail names it instead. */
export interface Pictures {
  /** Changes when the settings do: part of every memo's key. */
  readonly version: string;
  prepare(request: PictureRequest): Promise<PreparedPicture | RefusedPicture>;
  /** A picture of a formula. */
  formula(request: FormulaRequest): Promise<(PreparedPicture & { depth: number }) | RefusedPicture>;
  /** The file behind an address of the site, as it is served; `null` where that can't be known. */
  file(url: string, postPath: string): Promise<PictureFile | null>;
  /** The path of a picture's file, even if it does not exist; `null` if the picture is on another server or its path can't be known. */
  search(source: string, postPath: string): Promise<PictureSearch | null>;
}

export type PictureSearch =
  | { kind: "found"; file: string }
  /** `looked`: where it should be. `near`: what the author may have meant, as a source; empty where nothing is near. */
  | { kind: "missing"; looked: string; near: string };

export interface PictureFile {
  /** Size, bytes. */
  bytes: number;
  /** Media type: `image/png`. */
  type: string;
}

export interface PictureRequest {
  /** As the author wrote it: `./harbour.png`, `/img/harbour.png`, an address, a `data:` URL. */
  source: string;
  /** Its absolute address on the site, or empty where it has none. */
  url: string;
  /** The post's file, as given: relative sources are beside it. */
  postPath: string;
  /** Widest display, px. */
  width: number;
  /** No site serves it: it lies among the templates. */
  unserved?: boolean;
}

export interface FormulaRequest {
  /** TeX. */
  tex: string;
  /** On a line of its own. */
  display: boolean;
  /** Of the words around it, px. */
  textSize: number;
}

export interface PreparedPicture {
  kind: "prepared";
  /** `https:`, `http:` or `cid:`. */
  src: string;
  /** As shown, px; no wider than asked for. */
  width: number;
  height: number;
  /** What travels or is fetched, also where it is not online yet. */
  content: Uint8Array;
  /** Media type: `image/png`. */
  type: string;
  /** What was done to it, for the author; empty when it goes as it is. */
  changes: string[];
  /** Travels inside the mail when there is one. */
  attachment?: Attachment;
}

export interface RefusedPicture {
  kind: "refused";
  /** Why, and what to do, in one sentence. */
  reason: string;
  /** Whether readers would see it at its address all the same; otherwise it is no longer linked either. */
  reachable: boolean;
}

/** A file inside a mail, shown where its `cid:` is. */
export interface Attachment {
  /** Without `cid:`. From the content, so that the same picture has the same one. */
  cid: string;
  fileName: string;
  type: string;
  content: Uint8Array;
}
