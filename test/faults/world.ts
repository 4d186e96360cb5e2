/** What the rounds happen in: a database and a queue that can crash, a relay that can misbehave, a site, and workers. */

import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type App, openApp, openSite } from "#app.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { arm } from "#store/database/fence.ts";
import { makeCertificate } from "../support/servers/certificate.ts";
import { freePort } from "../support/start-servers.ts";
import { removeDisk, smallDisk } from "./disks.ts";
import { type Machines, openMachines } from "./namespaces.ts";
import { type ForgetfulRedis, openForgetfulRedis } from "./redis.ts";
import type { Mood } from "./relay.ts";
import { openSiteFiles } from "./site.ts";
import { type Cluster, openCluster, portOf } from "./standby.ts";

/** How a round's processes are set up. */
export interface Setup {
  number: number;
  onRedis: boolean;
  /** The relay is spoken to over TLS, and logged into. */
  secure: boolean;
  /** The database has a standby, and an address that moves to it. */
  standby: boolean;
  /** Each worker is on a machine of its own. */
  machines: boolean;
  /** A worker is held for longer than it counts as alive. Rarely, because it takes long. */
  long: boolean;
}

const plain: Setup = { number: 0, onRedis: false, secure: false, standby: false, machines: false, long: false };

export interface Opened extends AsyncDisposable {
  app: App;
  channels: Channel[];
  post: Post;
}

export interface World extends AsyncDisposable {
  postgres: Cluster;
  redis: ForgetfulRedis;
  /** A small disk that the database is on; `null` where we may not mount one. */
  disk: string | null;
  /** A tiny disk for the wire log; `null` where we may not mount one. */
  wireDisk: string | null;
  /** `null` where we may not have any. */
  machines: Machines | null;
  /** Whether processes can be given a clock of their own. */
  clocks: boolean;
  /** What the relay took responsibility for: a recipient on each line. */
  record: string;
  /** Tells the relay how to behave, if it lives. */
  say(mood: Mood): void;
  startRelay(mood: Mood): Promise<void>;
  killRelay(): Promise<void>;
  /** What the workers' clocks show, in seconds from now. */
  setClock(seconds: number): void;
  /** Starts the command line on this machine. */
  start(setup: Setup, ...args: string[]): ChildProcess;
  /** Starts one of the workers: on its machine, where they have machines. */
  startWorker(setup: Setup, index: number): ChildProcess;
  open(setup: Setup): Promise<Opened>;
  addReaders(count: number): Promise<void>;
  /** What an operator does after the database was replaced by its standby. */
  arm(): Promise<void>;
}

/** @throws Error where PostgreSQL or Redis is missing */
export async function openWorld(workers: number): Promise<World> {
  await using made = new AsyncDisposableStack();
  const dir = mkdtempSync(join(tmpdir(), "postrider-faults-"));
  made.defer(() => rmSync(dir, { recursive: true, force: true }));
  // The database runs as somebody else.
  chmodSync(dir, 0o755);
  const disk = made.adopt(smallDisk(join(dir, "disk"), "4g"), removeDisk);
  const wireDisk = made.adopt(smallDisk(join(dir, "wire"), "256k"), removeDisk);
  const postgres = made.use(await openCluster(disk));
  const redis = made.use(await openForgetfulRedis(join(dir, "redis")));
  if (!postgres || !redis) throw new Error("PostgreSQL and Redis are needed on this machine");
  const relay = { host: "127.0.0.1", port: await freePort() };
  const ports = { database: portOf(postgres.address), redis: portOf(redis.url), relay: relay.port };
  const machines = made.use(await openMachines(workers, ports));
  const files = openSiteFiles(dir);
  const certificate = join(dir, "relay.json");
  writeCertificate(dir, certificate, ["127.0.0.1", ...(machines ? [machines.host] : [])]);
  const clock = openClocks(dir);
  const mailRelay = openRelay([String(relay.port), join(dir, "received.log"), certificate]);
  made.defer(() => mailRelay.kill());

  const startAt = (setup: Setup, host: string, prefix: readonly string[], args: readonly string[]): ChildProcess => {
    files.post(setup.number);
    const outside = machines && host === machines.host ? machines.ports : { ...ports, relay: relay.port };
    const database =
      setup.standby || prefix.length > 0 ? moved(postgres.address, host, outside.database) : postgres.url;
    const config = files.config({ host, port: outside.relay }, setup.secure);
    const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
    const node = [process.execPath, "--conditions=source", main, "--config", config, "--data", join(dir, "data")];
    const [program = "", ...rest] = [...prefix, ...node, ...args];
    const { QUEUE_URL: _, ...inherited } = process.env;
    const queue = setup.onRedis && { QUEUE_URL: moved(redis.url, host, outside.redis) };
    const own = { DATABASE_URL: database, ...queue, NODE_EXTRA_CA_CERTS: join(dir, "ca.pem"), LOG_LEVEL: "silent" };
    const temporary = wireDisk && { TMPDIR: wireDisk };
    return spawn(program, rest, {
      env: { ...inherited, ...own, ...clock.environment, ...temporary },
      stdio: "ignore",
      cwd: dir,
    });
  };

  const world: Omit<World, keyof AsyncDisposable> = {
    ...{ postgres, redis, disk, wireDisk, machines, clocks: clock.able, setClock: clock.set },
    record: join(dir, "received.log"),
    say: mailRelay.say,
    startRelay: mailRelay.start,
    killRelay: mailRelay.kill,
    start: (setup, ...args) => startAt(setup, relay.host, [], args),
    startWorker(setup, index) {
      const machine = setup.machines ? machines?.all[index] : undefined;
      return startAt(setup, machines && machine ? machines.host : relay.host, machine?.prefix ?? [], ["worker"]);
    },
    open: (setup) =>
      openHere(setup, { dir, postgres, redis, config: files.config(relay, setup.secure), post: files.post }),
    async arm() {
      await using opened = await world.open(plain);
      await arm(opened.app.database, "faults");
    },
    async addReaders(count) {
      await using opened = await world.open(plain);
      const people = Array.from({ length: count }, (_, index) => ({ address: `reader${index}@example.com` }));
      await opened.app.subscribers.add(people, { list: "everyone", source: "faults" });
      await opened.app.fence();
    },
  };
  const everything = made.move();
  return { ...world, [Symbol.asyncDispose]: () => everything.disposeAsync() };
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

interface Here {
  dir: string;
  postgres: Cluster;
  redis: ForgetfulRedis;
  config: string;
  post(number: number): string;
}

/** Opens the site in this process, which always finds the database where it is now. */
async function openHere(
  { number, onRedis }: Setup,
  { dir, postgres, redis, config, post: file }: Here,
): Promise<Opened> {
  process.env["DATABASE_URL"] = postgres.url;
  process.env["QUEUE_URL"] = redis.url;
  if (!onRedis) delete process.env["QUEUE_URL"];
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const context = await openSite({ config, data: join(dir, "data"), log });
  const { post } = await context.content.read(file(number));
  if (!post) throw new Error("the post can't be read");
  const channels = context.config.channels(context.adapters);
  const app = await openApp(context, channels);
  return { app, channels, post, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

function moved(url: string, host: string, port: number): string {
  const address = new URL(url);
  address.hostname = host;
  address.port = String(port);
  return address.href;
}

function writeCertificate(dir: string, file: string, hosts: readonly string[]): void {
  const certificate = makeCertificate(hosts.map((host) => `IP:${host}`).join(","));
  writeFileSync(join(dir, "ca.pem"), certificate.ca);
  writeFileSync(file, JSON.stringify(certificate));
}

function openRelay(args: readonly string[]) {
  let relay: ChildProcess | null = null;
  const kill = async (): Promise<void> => void (relay && (await ended(relay, "SIGKILL")));
  return {
    kill,
    say: (mood: Mood): void => void (relay?.connected && relay.send(mood)),
    async start(mood: Mood): Promise<void> {
      await kill();
      relay = fork(fileURLToPath(new URL("relay.ts", import.meta.url)), args);
      await once(relay, "message");
      relay.send(mood);
    },
  };
}

/** Clocks for the workers, where libfaketime is installed. */
function openClocks(dir: string) {
  const clock = join(dir, "clock");
  const faketime = findFaketime();
  return {
    able: faketime !== null,
    set: (seconds: number): void => writeFileSync(clock, `${seconds < 0 ? "" : "+"}${seconds}\n`),
    environment: faketime
      ? {
          LD_PRELOAD: faketime,
          FAKETIME_TIMESTAMP_FILE: clock,
          FAKETIME_CACHE_DURATION: "1",
          FAKETIME_DONT_FAKE_MONOTONIC: "1",
        }
      : {},
  };
}

/** Debian keeps it in a folder of the machine's kind. */
function findFaketime(): string | null {
  const root = "/usr/lib";
  const folders = existsSync(root) ? readdirSync(root).filter((name) => name.endsWith("-linux-gnu")) : [];
  const files = folders.map((name) => join(root, name, "faketime/libfaketimeMT.so.1"));
  return files.find((file) => existsSync(file)) ?? null;
}
