/** The test bench of an adapter: a server that plays the network. */

import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import type { Adapter, Transport } from "#core/adapter.ts";
import { openChannel } from "./samples.ts";
import { type Answer, type Asked, openScriptedServer } from "./scripted-server.ts";

/** Behaviour that a medium can't have (a file can't be silent) is missing. */
export interface Bench extends AsyncDisposable {
  transport: Transport;
  /** The messages that arrived, as text. */
  arrived(): string[];
  behave?: {
    refuse(): void;
    fail(): void;
    throttle?(): void;
    loseAnswer(): void;
    /** Accepts, but with an answer that can't be parsed. */
    mumble?(): void;
    hang(): void;
    /** Refuses the credentials. */
    deny?(): void;
    unreachable(): Promise<Transport>;
  };
  /** The secret, which must not appear in any message. */
  secret?: string;
}

/** The test bench of an HTTP adapter. An adapter's file exports it as `bench`. */
export interface HttpBench {
  /** A channel's settings for a server at `url`, with the test secret instead of a real one. */
  settings(url: string, secret: string): unknown;
  /** The network's answer on success: the body of a 200, or a complete answer. */
  answer: string | Exclude<Answer, string>;
  /** Recognises the request that is the post. All other requests always succeed. Default: every request. */
  isMessage?(asked: Pick<Asked, "method" | "path">): boolean;
  /** The secret, in the form that the settings need. Default: `s3cret-token`. */
  secret?: string;
}

/** For instance the answer of a gateway in between. */
export const mumbled = { status: 200, body: "<html>It works!" };

/** A server that repeats the secret in a refusal, as some real servers do. */
export async function openHttpBench(adapter: Adapter, bench: HttpBench): Promise<Bench> {
  const { secret = "s3cret-token", isMessage = () => true } = bench;
  const good = typeof bench.answer === "string" ? { status: 200, body: bench.answer } : bench.answer;
  const server = await openScriptedServer(() => good);
  const answering = (answer: Answer) => () => {
    server.answer = (asked) => (isMessage(asked) ? answer : good);
  };
  return {
    transport: await openChannel(adapter, bench.settings(server.url, secret)),
    secret,
    arrived: () => server.asked.filter(isMessage).map(({ body }) => body),
    behave: {
      refuse: answering({ status: 400, body: `no: ${secret}` }),
      fail: answering({ status: 500 }),
      throttle: answering({ status: 429, headers: { "retry-after": "7" } }),
      loseAnswer: answering("drop"),
      mumble: answering(mumbled),
      hang: answering("hang"),
      deny: () => {
        server.answer = () => ({ status: 401, body: `who is ${secret}?` });
      },
      unreachable: async () =>
        openChannel(adapter, bench.settings(`http://127.0.0.1:${await portWithoutServer()}`, secret)),
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function portWithoutServer(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
