/**
 * Creates an empty database in a separate process, because creation needs half a gigabyte of memory that is never returned.
 */

import { useBaselineCode } from "./baseline-code.ts";
import { openEngine } from "./engine.ts";

useBaselineCode();
const dir = process.argv[2];
if (!dir) throw new Error("a folder is needed");
const { db } = await openEngine(dir);
await db.close();
process.exit(0);
