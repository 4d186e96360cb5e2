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
});
