/** The clock. All code that depends on time uses it. */

export interface Clock {
  now(): Date;
  /** Resolves after `milliseconds`, or rejects as soon as the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
