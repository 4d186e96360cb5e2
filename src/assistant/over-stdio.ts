/** Talks to an assistant over standard input and output, until it ends the conversation. */

import { once } from "node:events";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

export async function talkOverStdio(server: Server, stop: AbortSignal): Promise<void> {
  const ended = once(process.stdin, "close");
  await server.connect(new StdioServerTransport());
  await Promise.race([ended, once(process.stdin, "end"), stopped(stop)]);
  await server.close();
}

async function stopped(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await once(stop, "abort");
}
