/** Runs a command line in this process: the same words, streams and exit status as a process of its own has, without the start of one. */

import { Readable, Writable } from "node:stream";
import { runProgram } from "#cli/program.ts";

export interface Said {
  status: number;
  stdout: string;
  stderr: string;
}

let busy = false;

/** Folder, environment and streams are the process's, so there is one such command at a time. */
export function isBusy(): boolean {
  return busy;
}

/** @param env - all of it. @param input - on standard input. */
export async function runHere(
  cwd: string,
  env: NodeJS.ProcessEnv,
  words: readonly string[],
  input: string,
): Promise<Said> {
  busy = true;
  const stdout = collector();
  const stderr = collector();
  const emitter: NodeJS.EventEmitter = process;
  const signals = ["SIGINT", "SIGTERM", "disconnect"];
  const listeners = signals.map((signal) => emitter.listeners(signal));
  const before = { cwd: process.cwd(), env: { ...process.env } };
  const streams = [
    replace("stdin", Readable.from(input ? [Buffer.from(input)] : [])),
    replace("stdout", stdout.stream),
    replace("stderr", stderr.stream),
  ];
  process.chdir(cwd);
  setEnvironment(env);
  try {
    const status = await runProgram(words);
    return { status, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    for (const restore of streams) restore();
    process.chdir(before.cwd);
    setEnvironment(before.env);
    for (const [index, signal] of signals.entries())
      for (const listener of emitter.listeners(signal))
        if (!listeners[index]?.includes(listener)) emitter.removeListener(signal, listener as () => void);
    busy = false;
  }
}

function collector(): { stream: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

function replace(name: "stdin" | "stdout" | "stderr", stream: Readable | Writable): () => void {
  const own = Object.getOwnPropertyDescriptor(process, name);
  Object.defineProperty(process, name, { value: stream, configurable: true, enumerable: true });
  return () => {
    if (own) Object.defineProperty(process, name, own);
  };
}

/** In place: `.env` files are read into the process's own. */
function setEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  for (const [name, value] of Object.entries(env)) if (process.env[name] !== value) process.env[name] = value;
}
