/** Somebody who opens connections and sends little, much, without end, or packed, to keep `serve` from its work. */

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { openTestApp, silent } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const more = `bounces: { webhooks: { mailgun: { signingKey: key } } }
git: { secret: "a secret of this test" }
`;

interface Attacked extends AsyncDisposable {
  url: string;
  /** What was logged as an error. */
  errors: string[];
  /** A connection that sends these words; what is answered is collected. */
  say(words: string): Connection;
}

interface Connection {
  socket: Socket;
  answer(): string;
  closed: Promise<void>;
}

async function openAttacked(): Promise<Attacked> {
  await using opening = new AsyncDisposableStack();
  const errors: string[] = [];
  const log = {
    ...silent,
    error: (text: string, facts: object = {}) => void errors.push(text + JSON.stringify(facts)),
  };
  const backend = opening.use(await openBackend({}));
  const test = opening.use(
    await openTestApp(backend, [openProbe().adapter], {}, { apiToken: "a token" }, { log }, more),
  );
  const { url } = opening.use(await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 }));
  const opened = opening.move();
  return {
    url,
    errors,
    say(words) {
      const socket = connect(Number(new URL(url).port), "127.0.0.1");
      let heard = "";
      socket
        .on("error", () => undefined)
        .on("data", (bytes) => {
          heard += bytes.toString("latin1");
        });
      socket.write(words);
      onTestFinished(() => void socket.destroy());
      return {
        socket,
        answer: () => heard,
        closed: once(socket, "close").then(
          () => undefined,
          () => undefined,
        ),
      };
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

const chunked = (path: string): string => `POST ${path} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n`;
const megabyte = Buffer.concat([Buffer.from("100000\r\n"), Buffer.alloc(0x100000, 97), Buffer.from("\r\n")]);

/** Sends until so much is out or nobody takes more. Returns megabytes. */
async function pour({ socket, closed }: Connection, most: number): Promise<number> {
  let sent = 0;
  const gone = closed.then(() => true);
  while (sent < most && !socket.destroyed) {
    sent++;
    if (socket.write(megabyte)) continue;
    const taken = new Promise<boolean>((resolve) => socket.once("drain", () => resolve(false)));
    if (await Promise.race([taken, gone])) break;
  }
  return sent;
}

describe("The server", () => {
  it("takes no body without end, says so, and logs nothing for it", async () => {
    await using attacked = await openAttacked();
    const most = { "/subscribe": 413, "/unsubscribe/x": 413, "/webhooks/mailgun": 413, "/webhooks/git": 413 };
    for (const [path, status] of Object.entries({ ...most, "/api/v1/posts": 400, "/reviews/x": 413, "/none": 404 })) {
      const connection = attacked.say(chunked(path));
      // What was on its way is taken for half a second more, so that the answer arrives.
      expect(await pour(connection, 5_000), path).toBeLessThan(5_000);
      await connection.closed;
      expect(connection.answer(), path).toContain(`HTTP/1.1 ${status} `);
    }
    const declared = attacked.say(`POST /subscribe HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999\r\n\r\n`);
    await declared.closed;
    expect(declared.answer()).toContain("HTTP/1.1 413 ");
    expect(attacked.errors).toEqual([]);
  });

  it("holds no more of all bodies together than it has room for, and takes others once they are gone", async () => {
    await using attacked = await openAttacked();
    const before = process.memoryUsage().rss;
    const connections = Array.from({ length: 12 }, () => attacked.say(chunked("/webhooks/git")));
    await Promise.all(connections.map((connection) => pour(connection, 20)));
    await expect
      .poll(() => connections.filter(({ answer }) => answer().startsWith("HTTP/1.1 503 ")).length)
      .toBeGreaterThanOrEqual(9);
    expect(process.memoryUsage().rss - before).toBeLessThan(400e6);
    for (const { socket } of connections) socket.destroy();
    await Promise.all(connections.map(({ closed }) => closed));
    const post = () => fetch(`${attacked.url}/webhooks/git`, { method: "POST", body: "x".repeat(20_000_000) });
    await expect.poll(async () => (await post()).status, { timeout: 30_000 }).toBe(401);
    expect(attacked.errors).toEqual([]);
  });

  it("unpacks no body", async () => {
    await using attacked = await openAttacked();
    const bomb = gzipSync(Buffer.alloc(50_000_000, 48), { level: 9 });
    expect(bomb.length).toBeLessThan(64 * 1024);
    for (const [path, status] of [
      ["/subscribe", 400],
      ["/webhooks/mailgun", 400],
      ["/webhooks/git", 401],
    ] as const) {
      const headers = { "content-encoding": "gzip", "content-type": "application/json" };
      expect((await fetch(attacked.url + path, { method: "POST", headers, body: bomb })).status, path).toBe(status);
    }
  });

  it("refuses a flood of headers", async () => {
    await using attacked = await openAttacked();
    const many = Array.from({ length: 3_000 }, (_, index) => [`x-${index}`, "y"] as const);
    for (const headers of [Object.fromEntries(many), { x: "y".repeat(100_000) }])
      expect((await fetch(`${attacked.url}/healthz`, { headers })).status).toBe(431);
    const endless = attacked.say("GET /healthz HTTP/1.1\r\n");
    while (!endless.socket.destroyed && endless.answer() === "") {
      endless.socket.write(`x-${"y".repeat(1_000)}: z\r\n`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect.poll(endless.answer).toContain("HTTP/1.1 431 ");
  });

  it("answers among as many idle connections as fit, and lets go of whoever sends too slowly", async () => {
    await using attacked = await openAttacked();
    // Both ends are in this process; some files are open already.
    const most = Math.min(9_000, Math.floor((openFilesLimit() - 1_000) / 2));
    const idle: Connection[] = [];
    while (idle.length < most) {
      const some = Array.from({ length: 100 }, () => attacked.say(""));
      await Promise.all(some.map(({ socket }) => once(socket, "connect")));
      idle.push(...some);
    }
    expect((await fetch(`${attacked.url}/readyz`)).status).toBe(200);
    const slowHead = attacked.say("GET /healthz HTTP/1.1\r\nhost: x\r\n");
    const slowBody = attacked.say(chunked("/subscribe"));
    const drips = setInterval(() => {
      slowHead.socket.write("x: y\r\n");
      slowBody.socket.write("1\r\na\r\n");
    }, 500);
    onTestFinished(() => clearInterval(drips));
    await Promise.all([...idle, slowHead, slowBody].map(({ closed }) => closed));
    expect([slowHead.answer(), slowBody.answer()].every((heard) => heard.startsWith("HTTP/1.1 4"))).toBe(true);
    expect((await fetch(`${attacked.url}/readyz`)).status).toBe(200);
    expect(attacked.errors).toEqual([]);
  });
});

function openFilesLimit(): number {
  const { userLimits } = process.report.getReport() as unknown as {
    userLimits: { open_files: { soft: number | string } };
  };
  return Number(userLimits.open_files.soft) || 20_000;
}
