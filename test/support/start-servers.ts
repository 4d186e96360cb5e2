/** Starts PostgreSQL and Redis for the whole run, when their programs are there. In CI a missing one is a failure. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { freemem, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { prepare, prepareClusters } from "./prepared-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string | null;
    redisUrl: string | null;
    /** A database of that server with all tables and no rows. */
    postgresTemplate: string;
    /** See `prepared-database.ts`. */
    emptyCluster: string;
    preparedCluster: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = quickFolder();
  const [postgres, redis, clusters] = await Promise.all([
    startPostgres({ forTests: true }),
    startRedis(),
    prepareClusters(),
  ]);
  if (process.env["CI"] && !(postgres && redis)) throw new Error("CI needs PostgreSQL and Redis on the machine");
  if (postgres) await prepareTemplate(postgres.url);
  project.provide("postgresUrl", postgres?.url ?? null);
  project.provide("postgresTemplate", template);
  project.provide("redisUrl", redis?.url ?? null);
  project.provide("emptyCluster", clusters.empty);
  project.provide("preparedCluster", clusters.prepared);
  return async () => {
    clusters.remove();
    await Promise.all([postgres?.stop(), redis?.stop()]);
    folder?.remove();
  };
}

const template = "prepared";

async function prepareTemplate(server: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  await client.query(`create database ${template}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${template}`;
  await prepare({ url: url.href, dataDir: tmpdir() });
}

/** What tests write, databases most of all, needs no disk: where there is room for it, it is kept in memory. */
function quickFolder(): { remove(): void } | null {
  const memory = "/dev/shm";
  if (process.env["TMPDIR"] || !existsSync(memory)) return null;
  const { bavail, bsize } = statfsSync(memory);
  if (Math.min(bavail * bsize, freemem()) < 6e9) return null;
  // A run that was killed has left its own, and memory is dear.
  for (const name of readdirSync(memory)) {
    const [, pid] = /^postrider-tests-(\d+)-/.exec(name) ?? [];
    if (!pid || isRunning(Number(pid))) continue;
    try {
      rmSync(join(memory, name), { recursive: true, force: true });
    } catch {
      // It has left a mounted disk there as well, which is not ours to unmount.
    }
  }
  const dir = mkdtempSync(join(memory, `postrider-tests-${process.pid}-`));
  // PostgreSQL runs as another user, and its folder is in there.
  chmodSync(dir, 0o755);
  // What Node compiled is good for the next run, too.
  process.env["NODE_COMPILE_CACHE"] ??= join(tmpdir(), "postrider-compile-cache");
  // Read by `tmpdir()`, also in the test workers and in what they start.
  process.env["TMPDIR"] = dir;
  return {
    remove() {
      delete process.env["TMPDIR"];
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export interface Server {
  url: string;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** The folder that its own is made in. */
  parent?: string;
  /** Never waits for the disk: what it wrote outlives a crash of the server, though not one of the machine. */
  forTests?: boolean;
  /** The address of a primary: this one starts as a copy of it, and follows it. */
  replicaOf?: string;
}

export async function startPostgres(options: PostgresOptions = {}): Promise<Server | null> {
  return startCrashingPostgres(options);
}

/** One that can be made to crash: it comes back at the same address. */
export interface CrashingServer extends Server {
  /** @param meanwhile - what happens to its files while it is down. */
  crash(meanwhile?: () => void): Promise<void>;
  /** Ends it as a crash does, and it stays away. */
  kill(): Promise<void>;
}

export async function startCrashingPostgres({
  parent = tmpdir(),
  forTests = false,
  replicaOf,
}: PostgresOptions = {}): Promise<CrashingServer | null> {
  const bin = programFolder("postgres", postgresFolders());
  if (!bin) return null;
  const dir = mkdtempSync(join(parent, "postrider-pg-"));
  // PostgreSQL refuses to run as root.
  const user = process.getuid?.() === 0 ? unprivileged() : {};
  if (user.uid !== undefined) chownSync(dir, user.uid, user.gid ?? user.uid);
  chmodSync(dir, 0o700);
  const data = join(dir, "data");
  const options = { ...user, cwd: dir, stdio: "ignore" as const };
  if (replicaOf)
    execFileSync(join(bin, "pg_basebackup"), ["-D", data, "-d", replicaOf, "-R", "-c", "fast", "--no-sync"], options);
  else
    execFileSync(
      join(bin, "initdb"),
      ["-D", data, "-U", "postrider", "-A", "trust", "-E", "UTF8", "--no-sync"],
      options,
    );
  const port = await freePort();
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    `unix_socket_directories=${dir}`,
    "max_connections=200",
    // A standby that lost its primary for a moment comes back soon.
    "wal_retrieve_retry_interval=200ms",
    ...(forTests ? ["fsync=off", "full_page_writes=off"] : []),
  ];
  const url = `postgres://postrider@127.0.0.1:${port}/postgres`;
  const start = async (): Promise<ChildProcess> => {
    const started = spawn(
      join(bin, "postgres"),
      ["-D", data, ...settings.flatMap((setting) => ["-c", setting])],
      options,
    );
    await until(async () => {
      const client = new pg.Client(url);
      await client.connect();
      await client.end();
    });
    return started;
  };
  let child = await start();
  return {
    url,
    stop: () => stopped(child, "SIGINT", dir),
    // Without a checkpoint: it comes back from its log.
    kill: () => stopped(child, "SIGQUIT"),
    async crash(meanwhile) {
      await stopped(child, "SIGQUIT");
      meanwhile?.();
      child = await start();
    },
  };
}

export async function startRedis(): Promise<Server | null> {
  return startCrashingRedis();
}

/** @param file - the folder of its append-only file; without one it keeps nothing, and is empty after a crash. */
export async function startCrashingRedis(file: string | null = null): Promise<CrashingServer | null> {
  const bin = programFolder("redis-server", []);
  if (!bin) return null;
  const port = await freePort();
  // Never rewritten: whoever copies the file gets one that belongs together.
  const kept = file ? ["yes", "--dir", file, "--auto-aof-rewrite-percentage", "0"] : ["no"];
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", ...kept];
  const start = async (): Promise<ChildProcess> => {
    const started = spawn(join(bin, "redis-server"), args, { stdio: "ignore", cwd: tmpdir() });
    await until(() => connected(port));
    return started;
  };
  let child = await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () => stopped(child, "SIGTERM"),
    kill: () => stopped(child, "SIGKILL"),
    async crash(meanwhile) {
      await stopped(child, "SIGKILL");
      meanwhile?.();
      child = await start();
    },
  };
}

async function connected(port: number): Promise<void> {
  const socket = createConnection(port, "127.0.0.1");
  await once(socket, "connect").finally(() => socket.destroy());
}

/** Debian keeps PostgreSQL's programs off the PATH. */
function postgresFolders(): string[] {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version, "bin"));
}

function programFolder(program: string, more: readonly string[]): string | null {
  const folders = [...more, ...(process.env["PATH"] ?? "").split(delimiter)];
  return folders.find((folder) => existsSync(join(folder, program))) ?? null;
}

function unprivileged(): { uid?: number; gid?: number } {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  const line =
    lines.find((entry) => entry.startsWith("postgres:")) ?? lines.find((entry) => entry.startsWith("nobody:"));
  const [, , uid, gid] = (line ?? "").split(":");
  return uid ? { uid: Number(uid), gid: Number(gid) } : {};
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

async function until(probe: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await probe();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

async function stopped(child: ChildProcess, signal: NodeJS.Signals, dir?: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await gone;
  }
  // Processes of a server that crashed may write for a moment after it has gone.
  if (dir) rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
