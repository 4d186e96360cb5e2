/**
 * PGlite with durable commits and private files. PGlite's own file system never calls fsync, so a power failure could
 * lose committed data, and it creates files that everybody may read and write.
 */

import { fsyncSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { makeFolder } from "#files/make-folder.ts";
import { privateFolderMode } from "#files/private.ts";

/** The version this was written for. The hook has moved between releases before. */
export const testedVersion = "0.5.16";

export interface Engine {
  db: PGlite;
  /** A problem with this build, in one sentence. */
  warning?: string;
}

interface EmscriptenModule {
  NODEFS?: NodeFileSystem;
  FS: { filesystems: { NODEFS: NodeFileSystem } };
}
interface NodeFileSystem {
  stream_ops: { fsync?: (stream: { nfd: number }) => void; setattr: SetAttributes };
  node_ops: { mknod: (parent: unknown, name: string, mode: number, device: number) => unknown; setattr: SetAttributes };
}
type SetAttributes = (target: unknown, attributes: { mode?: number }) => void;

/**
 * Pages that the engine keeps in memory. Its default of 128 MB is written to at the start, so it is used in full whatever the size
 * of the database; the operating system keeps the files in memory as well. With 16 MB a campaign takes 10 % more processor time.
 */
const sharedBuffers = "shared_buffers=32MB";

/** Opens the folder, or creates a new database, which takes about half a gigabyte of memory for some seconds. */
export async function openEngine(dir: string): Promise<Engine> {
  let syncs = 0;
  class DurableFS extends NodeFS {
    override async init(...args: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
      const result = await super.init(...args);
      const preRun = [...(result.emscriptenOpts.preRun ?? [])] as ((module: EmscriptenModule) => void)[];
      preRun.push((module) => {
        const files = module.NODEFS ?? module.FS.filesystems.NODEFS;
        files.stream_ops.fsync = ({ nfd }) => {
          syncs++;
          fsyncSync(nfd);
        };
        keepPrivate(files);
      });
      return { emscriptenOpts: { ...result.emscriptenOpts, preRun: preRun as never } };
    }
  }
  makeFolder(dir, privateFolderMode);
  const startParams = PGlite.defaultStartParams.filter((parameter) => parameter !== "-F");
  const db = new PGlite({
    fs: new DurableFS(dir),
    startParams: [...startParams, "-c", "wal_sync_method=fsync", "-c", sharedBuffers],
  });
  await db.waitReady;
  const before = syncs;
  await db.exec(
    "create table if not exists public.postrider_fsync_test (at timestamptz); drop table public.postrider_fsync_test",
  );
  const warning = problem(await versionOf(db), syncs > before);
  return { db, ...(warning && { warning }) };
}

/** The engine sets its own file modes, independent of the umask. This removes the permissions of group and others. */
function keepPrivate({ node_ops, stream_ops }: NodeFileSystem): void {
  const { mknod } = node_ops;
  node_ops.mknod = (parent, name, mode, device) => mknod(parent, name, mode & ~0o077, device);
  for (const operations of [node_ops, stream_ops]) {
    const { setattr } = operations;
    operations.setattr = (target, attributes) =>
      setattr(target, attributes.mode === undefined ? attributes : { ...attributes, mode: attributes.mode & ~0o077 });
  }
}

/** The package does not export its version, but the engine reports it. */
async function versionOf(db: PGlite): Promise<string> {
  const { rows } = await db.query<{ version: string }>("select version()");
  return /PGlite ([\d.]+)/.exec(rows[0]?.version ?? "")?.[1] ?? "unknown";
}

function problem(version: string, durable: boolean): string | undefined {
  if (!durable)
    return `the embedded database (PGlite ${version}) does not flush its writes to the disk: a power failure may lose data`;
  if (version !== testedVersion) return `the embedded database is PGlite ${version}; ${testedVersion} was tested`;
  return undefined;
}
