/** The test bench of an adapter: a server that plays the network. */

import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import type { Adapter, Transport } from "#core/adapter.ts";
import { openChannel } from "./samples.ts";
import { type Answer, type Asked, openScriptedServer } from "./scripted-server.ts";

/** What a medium can't show (a file has no silence) is left out. */
export interface Bench extends AsyncDisposable {
  transport: Transport;
  /** What has arrived, as text. */
  arrived(): string[];
  behave?: {
    refuse(): void;
    fail(): void;
    throttle?(): void;
    loseAnswer(): void;
    /** Says yes in words that nobody can read. */
    mumble?(): void;
    hang(): void;
    /** Doesn't know who is asking. */
    deny?(): void;
    unreachable(): Promise<Transport>;
  };
  /** Must appear nowhere. */
  secret?: string;
}

/** How an adapter that speaks over HTTP is tried; a file with an adapter exports it as `bench`. */
export interface HttpBench {
  /** A channel's settings for a server at `url`, with the secret wherever a real one would stand. */
  settings(url: string, secret: string): unknown;
  /** What the network answers when all is well: the body of a 200, or all of it. */
  answer: string | Exclude<Answer, string>;
  /** Tells the request that counts from those before and after it, which are always answered well. Default: every one. */
  isMessage?(asked: Pick<Asked, "method" | "path">): boolean;
  /** In the form that the settings want. Default: `s3cret-token`. */
  secret?: string;
}

/** Of a gateway, for instance, that stands between. */
export const mumbled = { status: 200, body: "<html>It works!" };

/** A server that repeats the secret when it refuses, as careless ones do. */
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
