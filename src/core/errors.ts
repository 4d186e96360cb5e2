/**
 * The error class for everything that an operator or caller can act on. A failure of a remote service is a `Failure`,
 * see `delivery.ts`.
 */

/**
 * `unauthorized`: nobody knows who asks. `forbidden`: they are known, and may not do this. `outdated`: the resource is
 * not what the caller has seen.
 */
export const errorCodes = [
  "invalid",
  "unauthorized",
  "forbidden",
  "not_found",
  "conflict",
  "outdated",
  "too_many_requests",
  "unavailable",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export interface ErrorFacts {
  /** What to do next, in one sentence. */
  hint?: string;
  /** The file with the mistake, and the line counted from 1. */
  file?: string;
  line?: number;
  /** For programs: further members of the problem document. */
  details?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

/** What happened, where, and what to do. `message` never contains a secret or a subscriber's address. */
export class PostriderError extends Error {
  override readonly name: string = "PostriderError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.hint = facts.hint;
    this.file = facts.file;
    this.line = facts.line;
    this.details = facts.details;
  }

  /** `file:line: message`, as compilers print it, so that editors can jump there. */
  get located(): string {
    if (!this.file) return this.message;
    return this.line ? `${this.file}:${this.line}: ${this.message}` : `${this.file}: ${this.message}`;
  }
}

/** The configuration is wrong: exit status 3. */
export class ConfigError extends PostriderError {
  override readonly name = "ConfigError";
  /** All mistakes as separate errors; for a single mistake, this error. */
  readonly problems: readonly ConfigError[];

  constructor(message: string, facts: ErrorFacts = {}, problems: readonly ConfigError[] = []) {
    super("invalid", message, facts);
    this.problems = problems.length > 0 ? problems : [this];
  }

  /** One error for several: the first gives file, line and hint, the others follow in the message. */
  static all(errors: readonly [ConfigError, ...ConfigError[]]): ConfigError {
    const [first, ...others] = errors.flatMap(({ problems }) => problems) as [ConfigError, ...ConfigError[]];
    if (others.length === 0) return first;
    const message = [first.message, ...others.map(({ located }) => located)].join("\n");
    const { file, line, hint } = first;
    return new ConfigError(message, { ...(file && { file }), ...(line && { line }), ...(hint && { hint }) }, [
      first,
      ...others,
    ]);
  }
}

/** The command was used wrongly: exit status 2. */
export class UsageError extends PostriderError {
  override readonly name = "UsageError";
  constructor(message: string, facts: ErrorFacts = {}) {
    super("invalid", message, facts);
  }
}

/** A readable message for any thrown value. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && !error.message) return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}

export function isNotFound(error: unknown): boolean {
  return error instanceof PostriderError && error.code === "not_found";
}
