/** Runs the command line as a user does, from the sources: in this process, or in one of its own where the test is about that. */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, inject, onTestFinished } from "vitest";
import { type Embedded, openEmbedded } from "#store/database/embedded/open.ts";
import { silent } from "./app.ts";
import { isBusy, runHere } from "./here.ts";
import { copyCluster } from "./prepared-database.ts";
import { tempDir } from "./temp.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

export interface Finished {
  status: number | null;
  stdout: string;
  stderr: string;
  /** Standard output as the one JSON document that it must be. */
  json<T>(): T;
}

export interface Running {
  child: ChildProcess;
  finished: Promise<Finished>;
}

/** A site in a separate folder, with the environment that its commands run in. */
export interface TestSite {
  dir: string;
  env: Record<string, string>;
  write(path: string, text: string): string;
  /** In a process of its own: one that can be stopped, or goes on beside others. It finds nobody with the database open. */
  start(...args: string[]): Promise<Running>;
  /**
   * In this process. The first opens the embedded database itself, and so does the first after `start`; the others find it
   * open, as they do beside `serve`: to open it is most of what a short command does.
   */
  run(...args: string[]): Promise<Finished>;
  /** The same with something on standard input. */
  feed(input: string, ...args: string[]): Promise<Finished>;
  /** `run` where there is no prepared database: the command creates one, as the first does on a machine. */
  first(...args: string[]): Promise<Finished>;
  /** Nobody has the database open then, until the next command. */
  close(): Promise<void>;
}

/** `serve`, once it answers. */
export interface Serving extends Running {
  url: string;
  /** What it has written to standard error. */
  said(): string;
}

/** @param options - of the command; default: a free port. */
export async function serve(site: TestSite, options: readonly string[] = ["--port", "0"]): Promise<Serving> {
  const running = await site.start("serve", ...options);
  let said = "";
  running.child.stderr?.on("data", (text: string) => {
    said += text;
  });
  const urlOf = () => /Listening on (\S+)/.exec(said)?.[1];
  await expect.poll(urlOf, { timeout: 120_000 }).toBeTruthy();
  return { ...running, url: urlOf() ?? "", said: () => said };
}

/** @param configuration - of `postrider.yaml`; files go below the folder. */
export function openTestSite(
  configuration: string,
  files: Record<string, string> = {},
  env: Record<string, string> = {},
): TestSite {
  const dir = tempDir();
  const database = keepOpen(join(dir, ".postrider"));
  const prepareDatabase = (): void => {
    if (site.env["DATABASE_URL"] || !existsSync(dir)) return;
    copyCluster(inject("preparedCluster"), join(dir, ".postrider"));
  };
  const here = async (input: string, args: readonly string[]): Promise<Finished> => {
    if (isBusy()) return start(dir, site.env, args, input).finished;
    const { status, stdout, stderr } = await runHere(dir, environment(site.env), args, input);
    return { status, stdout, stderr, json: () => JSON.parse(stdout) };
  };
  const site: TestSite = {
    dir,
    env,
    write(path, text) {
      const file = join(dir, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    async start(...args) {
      prepareDatabase();
      await database.close();
      return start(dir, site.env, args);
    },
    run: (...args) => site.feed("", ...args),
    async feed(input, ...args) {
      prepareDatabase();
      await database.open();
      const finished = await here(input, args);
      database.wasOpened();
      return finished;
    },
    first: (...args) => here("", args),
    close: database.close,
  };
  site.write("postrider.yaml", configuration);
  for (const [path, text] of Object.entries(files)) site.write(path, text);
  return site;
}

/** Keeps an embedded database open between commands, from the second that needs it. */
function keepOpen(dataDir: string) {
  let isNext = false;
  let kept: Embedded | null = null;
  const close = async (): Promise<void> => {
    isNext = false;
    await kept?.[Symbol.asyncDispose]();
    kept = null;
  };
  onTestFinished(close);
  return {
    close,
    async open(): Promise<void> {
      if (!isNext || kept) return;
      const opened = await openEmbedded(dataDir, { log: silent });
      // Otherwise a process that the test has started has it open.
      if (opened.role === "owner") kept = opened;
    },
    /** A command that opens it makes this folder; some open none. */
    wasOpened(): void {
      isNext = existsSync(join(dataDir, "run"));
    },
  };
}

function environment(env: Record<string, string>): NodeJS.ProcessEnv {
  const {
    DATABASE_URL: _1,
    QUEUE_URL: _2,
    SMTP_URL: _3,
    LOG_LEVEL: _4,
    POSTRIDER_CONFIG: _5,
    ...inherited
  } = process.env;
  return { ...inherited, NO_COLOR: "1", ...env };
}

function start(cwd: string, env: Record<string, string>, args: readonly string[], input = ""): Running {
  const child = spawn(process.execPath, ["--conditions=source", main, ...args], {
    cwd,
    env: { NODE_COMPILE_CACHE: join(tmpdir(), "postrider-compile-cache"), ...environment(env) },
    stdio: [input ? "pipe" : "ignore", "pipe", "pipe"],
  });
  child.stdin?.end(input);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.once("close", (status) => resolve({ status, stdout, stderr, json: () => JSON.parse(stdout) }));
  });
  return { child, finished };
}

/** A configuration with a mail channel to a relay, and what else is asked for. */
export function mailSite(relay: string, more = ""): string {
  return `site:
  title: A Blog
  url: https://example.org
  postalAddress: 1 Lighthouse Road, Farhaven 12345
content: { dir: content/posts, preset: plain, permalink: "/blog/:file/" }
server: { url: "https://news.example.org" }
channels:
  newsletter: { adapter: smtp, url: "${relay}", from: "A Blog <news@example.org>", list: everyone }
${more}`;
}

export function post(title: string, more = ""): string {
  return `---
title: ${title}
date: 2026-01-05T09:00:00Z
description: A description of ${title} that is long enough to stand in a list of posts.
${more}---

The first paragraph of ${title}, which says something about it, and then a little more.

## A section

The end.
`;
}

/** `reader0@example.org` and so on. */
export function readersCsv(number: number): string {
  return `email,name\n${Array.from({ length: number }, (_, index) => `reader${index}@example.org,Reader ${index}`).join("\n")}\n`;
}
