/** A web server that gives scripted answers and records requests. */

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export type Answer =
  | { status: number; headers?: Record<string, string>; body?: string | Uint8Array }
  /** Closes the connection after the request was read, without an answer. */
  | "drop"
  /** Never answers. */
  | "hang";

export interface ScriptedServer extends AsyncDisposable {
  url: string;
  asked: Asked[];
  answer: Answering;
}

type Answering = (asked: Asked) => Answer | Promise<Answer>;

export async function openScriptedServer(answer: Answering): Promise<ScriptedServer> {
  const asked: Asked[] = [];
  const scripted = { asked, answer };
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const question = { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body };
    asked.push(question);
    const reply = await scripted.answer(question);
    if (reply === "drop") request.socket.destroy();
    else if (reply !== "hang") response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(scripted, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  });
}
