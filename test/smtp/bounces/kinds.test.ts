/** What decides which kind of message came in, field by field. */

import { describe, expect, it } from "vitest";
import { readBounce } from "#smtp/bounces/read-bounce.ts";

const mail = (head: Record<string, string>, body = "Hello"): Buffer =>
  Buffer.from(
    `${Object.entries(head)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("")}\r\n${body}`,
  );
const from = "Ada <ada@example.org>";
const mailer = "Mail Delivery System <mailer-daemon@mx.example.net>";
const kindOf = async (source: Buffer) => (await readBounce(source))[0]?.kind;

/** A report with these parts. */
const report = (head: Record<string, string>, ...parts: [type: string, text: string][]): Buffer =>
  mail(
    { ...head, "Content-Type": "multipart/report; boundary=x" },
    `${parts.map(([type, text]) => `--x\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`).join("")}--x--\r\n`,
  );

describe("An email with the subject", () => {
  it.each([
    ["unsubscribe", "unsubscribe"],
    ["  Unsubscribe please", "unsubscribe"],
    ["Re: unsubscribe", "unsubscribe"],
    ["RE:unsubscribe", "unsubscribe"],
    ["re:   UNSUBSCRIBE", "unsubscribe"],
    ["unsubscribed?", "unknown"],
    ["How do I unsubscribe", "unknown"],
    ["I said: unsubscribe", "unknown"],
    ["x-unsubscribe", "unknown"],
    ["Re", "unknown"],
  ])("%j is of the kind %s", async (Subject, kind) => {
    expect(await kindOf(mail({ From: from, Subject }))).toBe(kind);
  });

  it("unsubscribe is its sender's wish, unless a program has written it", async () => {
    const [asked] = await readBounce(mail({ From: from, Subject: " unsubscribe me " }));
    expect(asked).toMatchObject({ kind: "unsubscribe", recipient: "ada@example.org", diagnostic: "unsubscribe me" });
    for (const [name, value] of [
      ["Auto-Submitted", "  auto-replied"],
      ["Auto-Submitted", "AUTO-GENERATED"],
      ["X-Autoreply", "yes"],
      ["X-Autorespond", "yes"],
      ["X-AutoResponder", "yes"],
      ["Precedence", "auto_reply"],
      ["Precedence", "autoreply"],
    ] as const) {
      const [answer] = await readBounce(mail({ From: from, Subject: "unsubscribe", [name]: value }));
      expect([name, answer?.kind, answer?.recipient]).toEqual([name, "auto-reply", "ada@example.org"]);
    }
    for (const value of ["no", " No", "no; x=1"])
      expect(await kindOf(mail({ From: from, Subject: "unsubscribe", "Auto-Submitted": value }))).toBe("unsubscribe");
  });
});

describe("A delivery report", () => {
  const status = (text: string) => report({ From: mailer, Subject: "Report" }, ["message/delivery-status", text]);

  it("has a group for each recipient that has an address, an action or a status", async () => {
    const reports = await readBounce(
      status(
        [
          "Reporting-MTA: dns; mx.example.net",
          "Final-Recipient: rfc822; a@example.org\r\nAction: failed\r\nStatus: 5.1.1",
          "Final-Recipient: rfc822; b@example.org",
          "Action: failed",
          "Status: 4.2.2",
          "X-Other: 1",
        ].join("\r\n\r\n"),
      ),
    );
    expect(reports.map(({ recipient, kind }) => [recipient, kind])).toEqual([
      ["a@example.org", "hard"],
      ["b@example.org", expect.any(String)],
      [undefined, expect.any(String)],
      [undefined, "soft"],
    ]);
  });

  it.each([
    "message/rfc822",
    "message/global",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global-headers",
  ])("finds our email in a part of the type %s, and its return path", async (type) => {
    const returned = "Return-Path: <bounces+1@example.org>\r\nMessage-ID: <ours@example.org>\r\nSubject: Hello";
    const [found] = await readBounce(
      report(
        { From: mailer, Subject: "Report" },
        ["message/delivery-status", "Final-Recipient: rfc822; a@example.org\r\nAction: failed\r\nStatus: 5.1.1"],
        [type, returned],
      ),
    );
    expect(found?.messageIds).toEqual(["ours@example.org"]);
    expect(found?.returnPaths).toContain("bounces+1@example.org");
  });

  it("finds the return path in a complaint, and in no other part", async () => {
    const complaint =
      "Feedback-Type: abuse\r\nOriginal-Mail-From: <bounces+2@example.org>\r\nOriginal-Rcpt-To: a@example.org";
    const [arf] = await readBounce(report({ From: from, Subject: "x" }, ["message/feedback-report", complaint]));
    expect(arf).toMatchObject({
      kind: "complaint",
      recipient: "a@example.org",
      returnPaths: ["bounces+2@example.org"],
    });
    const other =
      "Final-Recipient: rfc822; a@example.org\r\nStatus: 5.1.1\r\nOriginal-Mail-From: <bounces+3@example.org>";
    const [dsn] = await readBounce(report({ From: mailer, Subject: "x" }, ["message/delivery-status", other]));
    expect(dsn?.returnPaths).toEqual([]);
    expect(dsn?.messageIds).toEqual([]);
  });
});

describe("A bounce in prose", () => {
  const prose = (body: string) => readBounce(mail({ From: mailer, Subject: "Undelivered mail" }, body));

  it("is about each address that has a line of its own, up to a hundred", async () => {
    const lines = Array.from({ length: 150 }, (_, n) => `<r${n}@example.net>:\r\n550 5.1.1 no such user\r\n`);
    const reports = await prose(lines.join("\r\n"));
    expect(reports).toHaveLength(100);
    expect(reports[0]).toMatchObject({ recipient: "r0@example.net", kind: "hard" });
    expect(new Set(reports.map(({ recipient }) => recipient)).size).toBe(100);
  });

  it("joins what is said about one address in two places", async () => {
    const [one, ...others] = await prose(
      "a@example.net: 550\r\n\r\nb@example.net: 452 4.2.2 full\r\na@example.net: 5.1.1 no such user\r\n",
    );
    expect(one).toMatchObject({ recipient: "a@example.net", kind: "hard", diagnostic: expect.stringContaining("550") });
    expect(one?.diagnostic).toContain("5.1.1 no such user");
    expect(others).toMatchObject([{ recipient: "b@example.net", kind: "soft" }]);
  });

  it("may have the fields of a report in its text: with an address, and a status or an answer", async () => {
    const fields = (...more: string[]) =>
      prose(`It failed.\r\n\r\n${["Final-Recipient: rfc822; a@example.net", ...more].join("\r\n")}\r\n`);
    expect(await fields("Status: 5.1.1")).toMatchObject([
      { recipient: "a@example.net", kind: "hard", status: "5.1.1", source: "text" },
    ]);
    const [answered] = await fields("Diagnostic-Code: smtp; 550 5.1.1 no such user");
    expect(answered).toMatchObject({
      recipient: "a@example.net",
      kind: "hard",
      diagnostic: expect.stringContaining("550 5.1.1"),
    });
    const [bare] = await fields("Arrival-Date: today");
    expect(bare?.kind).not.toBe("hard");
    const [nobody] = await prose("It failed.\r\n\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no\r\n");
    expect(nobody?.recipient).toBeUndefined();
  });

  it("is read from HTML, without its tags", async () => {
    const html = "<html><body><p class='x'>Sorry.</p><div>a@example.net<br>550 5.1.1 no such user</div></body></html>";
    const [found] = await readBounce(
      mail({ From: mailer, Subject: "Undelivered mail", "Content-Type": "text/html" }, html),
    );
    expect(found).toMatchObject({ recipient: "a@example.net", kind: "hard" });
    expect(found?.diagnostic).not.toMatch(/[<>]/);
  });
});
