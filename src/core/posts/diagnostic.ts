/** A problem in a post: where, what, and what to do. */

export type Severity = "error" | "warning";

export interface Diagnostic {
  /** `error` holds the post back; `warning` does not. */
  severity: Severity;
  /** A stable kebab-case name: `no-title`, `placeholder`, `link-without-scheme`. */
  code: string;
  /** Counted from 1 in the source file. */
  line: number;
  /** What is wrong and what to do, in one sentence. */
  message: string;
}
