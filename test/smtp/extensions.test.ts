/** What a server says that it can do decides whether an email fits, and how it is announced. */

import { describe, expect, it } from "vitest";
import { envelopeOf, extensionsIn, unfit } from "#smtp/session/dialogue/extensions.ts";
import type { OutgoingMail } from "#smtp/session/outgoing-mail.ts";

const server = (...lines: string[]) =>
  extensionsIn({ code: 250, text: ["250-relay.test hello", ...lines.map((line) => `250-${line}`)].join("\n") });
const mail = (changes: Partial<OutgoingMail> = {}): OutgoingMail => ({
  ...{ from: "news@example.org", to: "ada@example.org", parts: ["1234567890"] },
  ...{ begin() {}, settle() {}, ...changes },
});

describe("What a server can do", () => {
  it("is read from the lines of its answer, in any case, with its values", () => {
    const extensions = server("pipelining", "SIZE 1000", "AUTH PLAIN LOGIN");
    expect([extensions.get("PIPELINING"), extensions.get("SIZE"), extensions.get("AUTH")]).toEqual([
      ...["", "1000", "PLAIN LOGIN"],
    ]);
    expect(extensions.has("CHUNKING")).toBe(false);
  });

  it("decides whether an email is too large: the limit itself is allowed, and 0 is no limit", () => {
    const problem = (...lines: string[]) => unfit(mail(), server(...lines), "relay.test:25")?.failure ?? null;
    expect([problem("SIZE 10"), problem("SIZE 0"), problem("SIZE"), problem()]).toEqual([null, null, null, null]);
    expect(problem("SIZE 9")).toMatchObject({
      ...{ kind: "permanent", scope: "channel", code: "too-large" },
      message: "The email has 10 bytes. The limit of relay.test:25 is 9",
    });
  });

  it("decides whether an address beyond ASCII can be used", () => {
    const umlaut = mail({ to: "jörg@example.org" });
    expect(unfit(umlaut, server(), "relay.test:25")?.failure).toMatchObject({
      ...{ kind: "permanent", scope: "recipient", code: "smtputf8" },
    });
    expect(unfit(umlaut, server("SMTPUTF8"), "relay.test:25")).toBeNull();
    expect(unfit(mail(), server(), "relay.test:25")).toBeNull();
  });

  it("decides how an email is announced", () => {
    const announced = (sent: OutgoingMail, ...lines: string[]) => envelopeOf(sent, server(...lines));
    expect(announced(mail())).toBe("MAIL FROM:<news@example.org>\r\nRCPT TO:<ada@example.org>\r\n");
    expect(announced(mail(), "SIZE 99", "8BITMIME", "SMTPUTF8")).toBe(
      "MAIL FROM:<news@example.org> SIZE=10\r\nRCPT TO:<ada@example.org>\r\n",
    );
    const umlaut = mail({ to: "jörg@example.org" });
    const bytes = (text: string): string => Buffer.from(text).toString("latin1");
    expect(announced(umlaut, "SMTPUTF8")).toBe(
      bytes("MAIL FROM:<news@example.org> SMTPUTF8\r\nRCPT TO:<jörg@example.org>\r\n"),
    );
    expect(announced(umlaut, "SIZE", "8BITMIME", "SMTPUTF8")).toBe(
      bytes("MAIL FROM:<news@example.org> SIZE=10 BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<jörg@example.org>\r\n"),
    );
  });
});
