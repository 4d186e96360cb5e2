/** One result of `doctor`. */

/** `unknown`: could not be found out here, for instance because DNS does not answer. */
export interface Finding {
  about: string;
  state: "ok" | "wrong" | "unknown";
  message: string;
}
