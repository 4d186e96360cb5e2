/**
 * Creates an empty database in a separate process, because creation needs a gigabyte of memory that is never returned.
 */

import { openEngine } from "./engine.ts";

const dir = process.argv[2];
if (!dir) throw new Error("a folder is needed");
const { db } = await openEngine(dir);
await db.close();
process.exit(0);
