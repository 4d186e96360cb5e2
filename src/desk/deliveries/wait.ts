/** Waits until a publication has settled, or can't continue without an operator. */

export { waitUntilSettled } from "#pipeline/sending/wait.ts";
