/** What the rounds happen in: a database and a queue that can crash, a relay that can misbehave, a site, and workers. */

import { type ChildProcess, execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type App, openApp, openSite } from "#app.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { makeCertificate } from "../support/servers/certificate.ts";
import { type CrashingServer, freePort, startCrashingPostgres, startCrashingRedis } from "../support/start-servers.ts";
import type { Mood } from "./relay.ts";

/** How a round's processes are set up. */
export interface Setup {
  number: number;
  onRedis: boolean;
  /** The relay is spoken to over TLS, and logged into. */
  secure: boolean;
}

export interface Opened extends AsyncDisposable {
  app: App;
  channels: Channel[];
  post: Post;
}

export interface World extends AsyncDisposable {
  postgres: CrashingServer;
  redis: CrashingServer;
  /** A small disk that the database is on; `null` where we may not mount one. */
  disk: string | null;
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
  /** Starts the command line. */
  start(setup: Setup, ...args: string[]): ChildProcess;
  open(setup: Setup): Promise<Opened>;
  addReaders(count: number): Promise<void>;
}

/** @throws Error where PostgreSQL or Redis is missing */
export async function openWorld(): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), "postrider-faults-"));
  // The database runs as somebody else.
  chmodSync(dir, 0o755);
  const record = join(dir, "received.log");
  const clock = join(dir, "clock");
  const faketime = findFaketime();
  const disk = smallDisk(join(dir, "disk"));
  const [postgres, redis] = [await startCrashingPostgres(disk ? { parent: disk } : {}), await startCrashingRedis()];
  if (!postgres || !redis) throw new Error("PostgreSQL and Redis are needed on this machine");
  const relayPort = await freePort();
  const certificate = makeCertificate("IP:127.0.0.1");
  writeFileSync(join(dir, "ca.pem"), certificate.ca);
  writeFileSync(join(dir, "relay.json"), JSON.stringify(certificate));
  mkdirSync(join(dir, "content/posts"), { recursive: true });
  for (const secure of [false, true]) writeFileSync(join(dir, siteFile(secure)), site(relayPort, secure));
  let relay: ChildProcess | null = null;

  const environment = (onRedis: boolean): Record<string, string> => ({
    DATABASE_URL: postgres.url,
    NODE_EXTRA_CA_CERTS: join(dir, "ca.pem"),
    ...(onRedis && { QUEUE_URL: redis.url }),
  });
  const clockOfItsOwn = (): Record<string, string> => ({
    ...(faketime && {
      LD_PRELOAD: faketime,
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_CACHE_DURATION: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    }),
  });
  const postFile = (number: number): string => {
    const file = join(dir, `content/posts/round-${number}.md`);
    const text = "What goes wrong, **goes wrong here**.\n\n".repeat(20);
    if (!existsSync(file)) writeFileSync(file, `---\ntitle: Round ${number}\ndate: 2026-01-05\n---\n\n${text}`);
    return file;
  };

  const world: World = {
    ...{ postgres, redis, disk, clocks: faketime !== null, record },
    say: (mood) => void (relay?.connected && relay.send(mood)),
    async startRelay(mood) {
      await world.killRelay();
      const args = [String(relayPort), record, join(dir, "relay.json")];
      relay = fork(fileURLToPath(new URL("relay.ts", import.meta.url)), args);
      await once(relay, "message");
      relay.send(mood);
    },
    killRelay: async () => void (relay && (await ended(relay, "SIGKILL"))),
    setClock: (seconds) => writeFileSync(clock, `${seconds < 0 ? "" : "+"}${seconds}\n`),
    start({ number, onRedis, secure }, ...args) {
      postFile(number);
      const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
      const { QUEUE_URL: _, ...inherited } = process.env;
      const options = ["--config", join(dir, siteFile(secure)), "--data", join(dir, "data")];
      return spawn(process.execPath, ["--conditions=source", main, ...options, ...args], {
        env: { ...inherited, ...environment(onRedis), ...clockOfItsOwn(), LOG_LEVEL: "silent" },
        stdio: "ignore",
        cwd: dir,
      });
    },
    async open({ number, onRedis, secure }) {
      for (const [name, value] of Object.entries(environment(onRedis))) process.env[name] = value;
      if (!onRedis) delete process.env["QUEUE_URL"];
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      const context = await openSite({ config: join(dir, siteFile(secure)), data: join(dir, "data"), log });
      const { post } = await context.content.read(postFile(number));
      if (!post) throw new Error("the post can't be read");
      const channels = context.config.channels(context.adapters);
      const app = await openApp(context, channels);
      return { app, channels, post, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
    },
    async addReaders(count) {
      await using opened = await world.open({ number: 0, onRedis: false, secure: false });
      const people = Array.from({ length: count }, (_, index) => ({ address: `reader${index}@example.com` }));
      await opened.app.subscribers.add(people, { list: "everyone", source: "faults" });
      await opened.app.fence();
    },
    async [Symbol.asyncDispose]() {
      await world.killRelay();
      await redis.stop();
      await postgres.stop();
      if (disk) execFileSync("umount", ["--lazy", disk]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return world;
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

function siteFile(secure: boolean): string {
  return secure ? "secure.yaml" : "postrider.yaml";
}

function site(port: number, secure: boolean): string {
  const login = secure ? "ada:secret@" : "";
  return `site: { title: A Blog, url: "https://example.org", postalAddress: "7 Quiet Lane, Example" }
server: { url: "https://news.example.org" }
channels:
  newsletter: { adapter: smtp, url: "smtp://${login}127.0.0.1:${port}", requireTls: ${secure}, from: "A Blog <news@example.org>", list: everyone, timeoutSeconds: 2 }
`;
}

/** Debian keeps it in a folder of the machine's kind. */
function findFaketime(): string | null {
  const root = "/usr/lib";
  const folders = existsSync(root) ? readdirSync(root).filter((name) => name.endsWith("-linux-gnu")) : [];
  const files = folders.map((name) => join(root, name, "faketime/libfaketimeMT.so.1"));
  return files.find((file) => existsSync(file)) ?? null;
}

function smallDisk(at: string): string | null {
  mkdirSync(at);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=3g,mode=0755", "tmpfs", at], { stdio: "ignore" });
    return at;
  } catch {
    return null;
  }
}
