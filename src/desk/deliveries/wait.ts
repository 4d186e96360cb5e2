/** Waits until nothing more happens to a publication without an operator. */

export { waitUntilSettled } from "#pipeline/sending/wait.ts";
