// For a process that runs for weeks: V8 lets garbage grow in proportion to what is alive, and gives young objects up to 48 MB. That is
// fine for a command that ends, and not for a sender on a small machine. Counts only when it is set before anything else is loaded.
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--heap-growing-percent=20");
setFlagsFromString("--semi-space-growth-factor=1");
