/** A receiver of webhooks: it verifies each message with the library of Standard Webhooks. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

export interface Received {
  id: string;
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each event has other data
  data: any;
  headers: Record<string, string>;
  body: string;
}

export interface HookReceiver extends AsyncDisposable {
  url: string;
  /** What it took, in order. */
  received: Received[];
  /** The ids of all requests, in order, also of those that it refused. */
  asked: string[];
  /** The answer's status; default: 204. It may wait. */
  answer: (received: Received) => number | Promise<number>;
}

export const hookSecret = `whsec_${Buffer.from("a secret of thirty-two bytes!!!!").toString("base64")}`;

export async function openHookReceiver(secret = hookSecret): Promise<HookReceiver> {
  const verifier = new Webhook(secret);
  const receiver: HookReceiver = {
    ...{ url: "", received: [], asked: [], answer: () => 204 },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const headers = request.headers as Record<string, string>;
    // Throws for a wrong signature or time: the answer is then 400.
    const message = tried(() => verifier.verify(body, headers)) as { type: string; data: unknown } | null;
    const id = headers["webhook-id"] ?? "";
    receiver.asked.push(id);
    const received = message && { id, ...message, headers, body };
    const status = received ? await receiver.answer(received) : 400;
    if (received && status < 300) receiver.received.push(received);
    response.writeHead(status, { location: "http://127.0.0.1:9/" }).end("x".repeat(1_000));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return receiver;
}

function tried<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
