/** Creates an empty database and ends: in a process of its own, since it takes a gigabyte of memory that would never be given back. */

import { openEngine } from "./engine.ts";

const dir = process.argv[2];
if (!dir) throw new Error("a folder is needed");
const { db } = await openEngine(dir);
await db.close();
process.exit(0);
