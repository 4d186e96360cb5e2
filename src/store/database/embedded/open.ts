/** Opens the embedded PostgreSQL of a data folder, or connects to the process that has it open. */

import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, realpathSync, renameSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import { makePrivateFolder, privateFileMode } from "#files/private.ts";
import type { CloseRequest, ThreadMessage, ThreadOptions } from "./engine-thread.ts";
import { breakLock, type FolderLock, isLock, type LockHolder, tryLock } from "./lock.ts";
import { isAlive } from "./process-identity.ts";

export interface Embedded extends AsyncDisposable {
  /** `owner` runs the database in this process; `client` uses the one in another process. */
  readonly role: "owner" | "client";
  /** Settings for `pg`. The host is the socket's folder. */
  readonly connection: { host: string; port: number; user: string; database: string };
  /** After a client lost its connection: whether no process has the database open any more. Takes seconds, because another process may take over. */
  isAbandoned(): Promise<boolean>;
}

/** PGlite's PostgreSQL version. A folder of another major version can't be opened. */
const major = "18";
/** How long to wait for a holder that does not answer. It may be starting or closing. */
const patienceMs = 20_000;
/** After this time without an answer, a holder in another container counts as dead. */
const silenceMs = 10_000;
/** How long a client that lost its connection looks for another holder. In the meantime, emails in transmission may be answered. */
const successionMs = 3_000;
/** A holder must answer this often in a row, every tenth of a second, to count as running. */
const steadyAnswers = 10;
/** An empty database with its first log file (measured: 41 MB), and some reserve. */
const emptyMegabytes = 60;
/**
 * Of the engine's thread. PostgreSQL limits its own stack of 2 MB and refuses what needs more; with the default of 4 MB, the
 * thread's stack overflows before, for a value with 30,000 arrays in one another (measured).
 */
const stackSizeMb = 32;
/** The longest path that a socket may have (unix(7), less on macOS). */
const longestSocketPath = 103;

/** @throws PostriderError `unavailable` when the folder can't be used, `conflict` when its holder does not answer */
export async function openEmbedded(dataDir: string, { log }: { log: Log }): Promise<Embedded> {
  const run = makeFolders(dataDir);
  const host = socketFolder(run);
  const socket = join(host, ".s.PGSQL.5432");
  const connection = { host, port: 5432, user: "postgres", database: "postgres" };
  const since = Date.now();
  for (;;) {
    // If the socket answers, its process is the owner, and the lock need not be checked.
    if (await answers(socket)) return client(socket, connection);
    const result = tryLock(run);
    if (isLock(result)) return own(dataDir, socket, connection, result, log);
    const waited = Date.now() - since;
    if (waited > silenceMs && isAlive(result.identity) === undefined) breakLock(run, result);
    if (waited > patienceMs) throw silent(dataDir, result);
    await sleep(100);
  }
}

function client(socket: string, connection: Embedded["connection"]): Embedded {
  return {
    role: "client",
    connection,
    async isAbandoned() {
      const since = Date.now();
      let answered = 0;
      while (Date.now() - since < successionMs) {
        // A process that is ending still accepts connections for a moment, but does not answer.
        answered = (await answers(socket)) ? answered + 1 : 0;
        if (answered === steadyAnswers) return false;
        await sleep(100);
      }
      return true;
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function own(
  dataDir: string,
  socket: string,
  connection: Embedded["connection"],
  lock: FolderLock,
  log: Log,
): Promise<Embedded> {
  try {
    const dir = join(dataDir, "pg");
    if (!existsSync(dir)) await create(dataDir, dir);
    refuseOtherVersion(dir);
    rmSync(socket, { force: true });
    const thread = await startThread({ dir, socket }, log);
    let closed: Promise<void> | undefined;
    return {
      role: "owner",
      connection,
      isAbandoned: async () => false,
      [Symbol.asyncDispose]: () => {
        closed ??= close(thread, log).finally(() => {
          rmSync(socket, { force: true });
          lock.release();
        });
        return closed;
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** In a child process, and under another name until it is complete. A kill in the middle leaves no incomplete database. */
async function create(dataDir: string, dir: string): Promise<void> {
  const draft = join(dataDir, "pg.new");
  rmSync(draft, { recursive: true, force: true });
  refuseFullDisk(dataDir);
  const child = fork(sibling("create"), [draft], {
    execArgv: childArguments(),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2_000);
  });
  const [status] = (await once(child, "exit")) as [number | null];
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    refuseFullDisk(dataDir);
    throw new PostriderError("unavailable", `The embedded database could not be created in ${dataDir}`, {
      hint: "Set DATABASE_URL to use a PostgreSQL server instead.",
      cause: complaint,
    });
  }
  renameSync(draft, dir);
}

/** Checks the file system, because the engine reports this only as a number. */
function refuseFullDisk(dataDir: string): void {
  const { bavail, bsize } = statfsSync(dataDir);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free >= emptyMegabytes) return;
  throw new PostriderError(
    "unavailable",
    `The disk is full. The embedded database needs ${emptyMegabytes} MB in ${dataDir}, and ${free} MB are free`,
    { hint: "Free some space, choose another folder with --data, or set DATABASE_URL." },
  );
}

function startThread(options: ThreadOptions, log: Log): Promise<Worker> {
  const thread = new Worker(sibling("engine-thread"), {
    workerData: options,
    execArgv: childArguments(),
    resourceLimits: { stackSizeMb },
  });
  return new Promise((resolve, reject) => {
    const failed = (cause: string): void =>
      reject(
        new PostriderError("unavailable", `The embedded database does not start: ${cause}`, {
          hint: "If this happens again, restore a backup into another --data folder.",
        }),
      );
    thread.on("error", (error) => {
      log.error("the embedded database has stopped; start again", { error: messageOf(error) });
      failed(messageOf(error));
    });
    thread.once("message", (message: ThreadMessage) => {
      if (message.kind === "failed") return failed(message.message);
      if (message.kind === "ready" && message.warning) log.warn(message.warning);
      // Open connections keep the process alive; the engine alone does not.
      thread.unref();
      resolve(thread);
    });
  });
}

/** Waits for other processes' connections, so that their work is not interrupted. */
async function close(thread: Worker, log: Log): Promise<void> {
  // It has ended by itself.
  if (thread.threadId < 0) return;
  thread.ref();
  const closed = new Promise<void>((resolve) => {
    thread.on("message", (message: ThreadMessage) => {
      if (message.kind === "waiting")
        log.warn("another postrider process uses this database; waiting for it to finish", {
          connections: message.connections,
        });
      if (message.kind === "closed") resolve();
    });
    thread.once("exit", () => resolve());
  });
  thread.postMessage({ patient: true } satisfies CloseRequest);
  await closed;
  await thread.terminate();
}

function makeFolders(dataDir: string): string {
  const run = join(dataDir, "run");
  try {
    makePrivateFolder(run);
    keepOutOfGit(dataDir);
    return run;
  } catch (cause) {
    throw new PostriderError("unavailable", `The data folder is not writable: ${messageOf(cause)}`, {
      hint: "Choose another folder with --data, or set DATABASE_URL.",
      cause,
    });
  }
}

/** The folder contains readers' addresses, and is often inside a blog's repository. */
function keepOutOfGit(dataDir: string): void {
  const file = join(dataDir, ".gitignore");
  if (!existsSync(file)) writeFileSync(file, "*\n", { mode: privateFileMode });
}

/** The path of a socket must be short. A deep data folder gets a private folder in the temporary folder, always the same one. */
function socketFolder(run: string): string {
  if (process.platform !== "win32" && Buffer.byteLength(join(run, ".s.PGSQL.5432")) <= longestSocketPath) return run;
  const name = createHash("sha256").update(realpathSync(run)).digest("hex").slice(0, 16);
  const short = join(tmpdir(), `postrider-${name}`);
  makePrivateFolder(short);
  return short;
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket);
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.once("error", () => resolve(false));
  });
}

function refuseOtherVersion(dir: string): void {
  const file = join(dir, "PG_VERSION");
  const found = existsSync(file) ? readFileSync(file, "utf8").trim() : "unknown";
  if (found === major) return;
  throw new PostriderError(
    "conflict",
    `The embedded database was made with PostgreSQL ${found}; this version has ${major}`,
    {
      file,
      hint: "Make a backup with the Postrider version that wrote it. Restore the backup into a new --data folder.",
    },
  );
}

function silent(dataDir: string, { identity }: LockHolder): PostriderError {
  return new PostriderError(
    "conflict",
    `Process ${identity.pid} on ${identity.host} uses ${dataDir} and does not answer`,
    {
      hint: `Stop this process. If you are sure that it no longer runs, delete ${join(dataDir, "run", "lock")}.`,
    },
  );
}

/** A file next to this one: `.ts` in the source, `.js` in `dist`. */
function sibling(name: string): URL {
  return new URL(`./${name}${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);
}

/** The source resolves `#core/…` by this condition. A thread or child process of a test runner does not inherit it. */
function childArguments(): string[] {
  return import.meta.url.endsWith(".ts") ? ["--conditions=source"] : [];
}
