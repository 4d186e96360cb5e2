/** The clock that everything uses which depends on time. */

export interface Clock {
  now(): Date;
  /** Resolves after `milliseconds`, or rejects as soon as the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
