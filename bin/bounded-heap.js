// For a command that takes millions of rows in: V8 would give young objects 64 MB and let garbage grow with what is alive;
// with as little as small-heap.js leaves, half the time went into sweeping up. Counts only before anything else is loaded.
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--heap-growing-percent=60");
// The space for young objects grows when many survive: once, to eight times the megabyte that it has at the start, and no more.
setFlagsFromString("--semi-space-growth-factor=8");
Array.from({ length: 80_000 }, (_, index) => ({ index }));
setFlagsFromString("--semi-space-growth-factor=1");
