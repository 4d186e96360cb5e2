import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBounce } from "#smtp/bounces/read-bounce.ts";
import { dsn, messageId, returnPath, samples } from "./samples.ts";

const read = (message: string) => readBounce(Buffer.from(message));

describe("What came back", () => {
  it("is tested with more than 200 samples", () => {
    expect(samples().length).toBeGreaterThanOrEqual(200);
  });

  it.each(samples())("is understood: $title", async ({ message, expected, traced }) => {
    const reports = await read(message);
    expect(reports).toMatchObject(expected);
    expect(reports).toHaveLength(expected.length);
    if (traced) expect(reports[0]?.messageIds).toContain(messageId);
  });

  it("names its return path", async () => {
    const [report] = await read(dsn({ recipients: [{ recipient: "a@example.net", status: "5.1.1" }] }));
    expect(report?.returnPaths).toContain(returnPath);
  });
});

describe("A hostile message", () => {
  it("of many megabytes is only read at its beginning", async () => {
    const recipients = Array.from({ length: 200_000 }, (_, n) => ({ recipient: `r${n}@example.net`, status: "5.1.1" }));
    const startedAt = performance.now();
    const reports = await read(dsn({ recipients }));
    expect(reports.length).toBeLessThanOrEqual(1_000);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it.each([
    ["blank lines", "\n".repeat(100_000)],
    ["spaces", " ".repeat(100_000)],
    ["spaces and quotation marks", " > ".repeat(30_000)],
    ["dashes", "-".repeat(100_000)],
    ["digits", "550 ".repeat(30_000)],
    ["open brackets", "<".repeat(100_000)],
    ["one long word", "a".repeat(100_000)],
  ])("of many %s is read in time", async (_title, many) => {
    const began = performance.now();
    const headers = "From: mailer-daemon@mx.example.net\r\nReturn-Path: <>\r\nSubject: Undelivered mail";
    await read(
      `${headers}\r\nX-Failed-Recipients: ${many.trim()}\r\nTo: ${many.trim()}\r\n\r\nDear you\r\n${many}x\r\n`,
    ).catch(() => []);
    await read(dsn({ recipients: [{ recipient: many.trim(), status: "5.1.1", diagnostic: many }], words: many }));
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it("nested a thousand deep is refused or not understood", async () => {
    const open = Array.from(
      { length: 1_000 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    );
    const outcome = await read(`Subject: deep\r\n${open.join("")}Content-Type: text/plain\r\n\r\nx`).catch(
      (error) => error,
    );
    expect(outcome instanceof Error ? outcome.message : outcome[0].kind).toMatch(/can't be read|unknown/);
  });

  it("that is not an email is refused", async () => {
    await expect(read("")).rejects.toThrow("not an email");
  });

  it("whose report has another type than it declares is not a hard bounce", async () => {
    const wrong = dsn({ recipients: [{ recipient: "a@example.net", status: "5.1.1" }] }).replace(
      "message/delivery-status",
      "image/png",
    );
    for (const report of await read(wrong)) expect(report.kind).not.toBe("hard");
  });

  it("of random bytes never hangs and never reports a missing mailbox", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        const reports = await readBounce(bytes).catch(() => []);
        expect(reports.every(({ kind }) => kind === "unknown" || kind === "auto-reply")).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("cut at any place never becomes something worse", async () => {
    const whole = dsn({ recipients: [{ recipient: "a@example.net", status: "4.2.2", action: "failed" }] });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), async (length) => {
        const reports = await read(whole.slice(0, length)).catch(() => []);
        expect(reports.some(({ kind }) => kind === "hard" || kind === "complaint")).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
