/** The answers of a server are the same however the network cuts them, and what is no answer ends the conversation. */

import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readReplies } from "#smtp/session/replies.ts";

function aSocket(): { socket: Socket; say(text: string): void } {
  const duplex = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  return { socket: duplex as unknown as Socket, say: (text) => void duplex.push(Buffer.from(text, "latin1")) };
}

const line = fc.stringMatching(/^[ -~]{0,40}$/);
const reply = fc
  .record({ code: fc.integer({ min: 200, max: 599 }), lines: fc.array(line, { minLength: 1, maxLength: 4 }) })
  .map(({ code, lines }) => ({
    code,
    wire: lines.map((text, at) => `${code}${at === lines.length - 1 ? " " : "-"}${text}\r\n`).join(""),
  }));

describe("The answers of a server", () => {
  it("are the same for any chunks, and each one belongs to its command", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(reply, { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 1, max: 4 }),
        async (sent, cuts, together) => {
          const { socket, say } = aSocket();
          const replies = readReplies(socket);
          const groups: Promise<{ code: number }[]>[] = [];
          for (let at = 0; at < sent.length; at += together)
            groups.push(replies.expect(Math.min(together, sent.length - at)));
          const stream = sent.map(({ wire }) => wire).join("");
          for (let at = 0, cut = 0; at < stream.length; cut++) {
            const size = cuts[cut % cuts.length] ?? 1;
            say(stream.slice(at, at + size));
            at += size;
          }
          const got = (await Promise.all(groups)).flat();
          expect(got.map(({ code }) => code)).toEqual(sent.map(({ code }) => code));
          expect(replies.open).toBe(true);
          socket.destroy();
        },
      ),
    );
  });

  it.each([
    ["words that are no answer", "hello there\r\n", "EPROTOCOL"],
    ["a line without an end", "2".repeat(5_000), "EPROTOCOL"],
    ["an answer without an end", "250-more\r\n".repeat(300), "EPROTOCOL"],
    ["bytes of another protocol", "\x16\x03\x01\x02\r\n", "EPROTOCOL"],
  ])("end at %s", async (_title, text, code) => {
    const { socket, say } = aSocket();
    const replies = readReplies(socket);
    const asked = replies.expect(1);
    say(text);
    await expect(asked).rejects.toMatchObject({ code });
    expect(replies.open).toBe(false);
    await expect(replies.expect(1)).rejects.toMatchObject({ code });
  });

  it("end at an unsolicited reply; 421 closes the connection", async () => {
    for (const [text, code] of [
      ["421 4.3.2 closing down\r\n", "EGONE"],
      ["250 ok\r\n", "EPROTOCOL"],
    ] as const) {
      const { socket, say } = aSocket();
      const replies = readReplies(socket);
      say(text);
      await new Promise((resolve) => socket.once("close", resolve));
      await expect(replies.expect(1)).rejects.toMatchObject({ code });
    }
  });

  it("may have 200 lines and 4,096 characters in a line, and no more", async () => {
    const lines = (count: number) => `${"250-more\r\n".repeat(count - 1)}250 end\r\n`;
    const long = (length: number) => `250 ${"x".repeat(length - 4)}\r\n`;
    for (const [text, fits] of [
      [lines(200), true],
      [lines(201), false],
      [long(4_096), true],
      [long(4_097), false],
    ] as const) {
      const { socket, say } = aSocket();
      const asked = readReplies(socket).expect(1);
      say(text);
      const [reply] = await asked.catch(() => []);
      expect(reply?.text.length).toBe(fits ? text.replaceAll("\r", "").length - 1 : undefined);
    }
  });

  it("keep all their lines, and each begins anew", async () => {
    const { socket, say } = aSocket();
    const replies = readReplies(socket);
    const asked = replies.expect(3);
    say("250-one\n250 two\r\n354\r\n550 gr\u00fc\r\r\n");
    expect(await asked).toEqual([
      { code: 250, text: "250-one\n250 two" },
      { code: 354, text: "354" },
      { code: 550, text: "550 gr\u00fc\r" },
    ]);
  });

  it.each(["1234 odd", "25 0 odd", "x250 odd", "250_odd", " 250 odd"])("are not %j", async (line) => {
    const { socket, say } = aSocket();
    const asked = readReplies(socket).expect(1);
    say(`${line}\r\n`);
    await expect(asked).rejects.toMatchObject({ code: "EPROTOCOL", message: `invalid SMTP reply: ${line}` });
  });

  it.each([
    [
      "an error",
      (socket: Socket) => socket.emit("error", Object.assign(new Error("reset"), { code: "ECONNRESET" })),
      "ECONNRESET",
    ],
    ["a silence", (socket: Socket) => socket.emit("timeout"), "ETIMEDOUT"],
    ["the end of what it says", (socket: Socket) => socket.emit("end"), undefined],
    ["the end of the connection", (socket: Socket) => socket.emit("close"), undefined],
  ])("end for all who wait at %s, and for all who ask later", async (_title, end, code) => {
    const { socket, say } = aSocket();
    const replies = readReplies(socket);
    const first = replies.expect(1);
    const second = replies.expect(2);
    say("250 ok\r\n250 half\r\n");
    expect(await first).toHaveLength(1);
    end(socket);
    const reason: unknown = await second.catch((error: unknown) => error);
    expect(reason).toBeInstanceOf(Error);
    expect((reason as { code?: string }).code).toBe(code);
    expect([replies.open, socket.destroyed]).toEqual([false, true]);
    await expect(replies.expect(1)).rejects.toBe(reason);
    // The first reason is the true one: what follows is only its consequence.
    replies.fail(new Error("another"));
    await expect(replies.expect(1)).rejects.toBe(reason);
  });
});
