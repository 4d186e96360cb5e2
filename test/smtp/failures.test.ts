/** What an answer, or the loss of a connection, means for one email and for its channel. */

import { describe, expect, it } from "vitest";
import { openOutcomes } from "#smtp/session/dialogue/outcomes.ts";
import { answerOf, type Progress, type SmtpError, smtpFailure } from "#smtp/session/failures.ts";
import type { OutgoingMail } from "#smtp/session/outgoing-mail.ts";
import { gone, isTaken, needsUtf8, outOfStep, receiptOf } from "#smtp/session/verdicts.ts";

const failed = (facts: Partial<SmtpError>, progress: Progress = { begun: false }) =>
  smtpFailure(Object.assign(new Error(facts.message ?? "no"), facts), progress, "relay.test:25").failure;
const answered = (command: string, response: string) =>
  failed(
    { command, response, responseCode: Number(response.slice(0, 3)) },
    { begun: true, address: "ada@example.org" },
  );

describe("An answer", () => {
  it.each([
    // A refused recipient says nothing about the others.
    ["RCPT TO", "550 5.1.1 unknown", "permanent", "recipient"],
    ["RCPT TO", "399 strange", "permanent", "recipient"],
    ["RCPT TO", "400 later", "temporary", "recipient"],
    ["RCPT TO", "499 later", "temporary", "recipient"],
    ["RCPT TO", "500 no", "permanent", "recipient"],
    ["DATA", "552 too big", "permanent", "recipient"],
    ["DATA", "451 later", "temporary", "recipient"],
    // A relay that is closed to us would refuse everybody.
    ["RCPT TO", "530 log in", "permanent", "channel"],
    ["RCPT TO", "554 Relay not permitted", "permanent", "channel"],
    ["RCPT TO", "554 no such user", "permanent", "recipient"],
    ["RCPT TO", "550 not a relay for you", "permanent", "recipient"],
    ["RCPT TO", "550 relaying denied", "permanent", "channel"],
    ["RCPT TO", "454 relay access denied", "permanent", "channel"],
    ["RCPT TO", "550 interrelay denied", "permanent", "recipient"],
    ["MAIL FROM", "550 who?", "permanent", "channel"],
    ["MAIL FROM", "451 later", "temporary", "channel"],
    ["EHLO", "550 no", "temporary", "channel"],
    ["CONN", "421 busy", "temporary", "channel"],
    ["DATA", "421 bye", "temporary", "channel"],
    ["MAIL FROM", "421 bye", "temporary", "channel"],
    ["AUTH PLAIN", "535 no", "permanent", "channel"],
    ["AUTH PLAIN", "454 later", "temporary", "channel"],
  ])("to %s of %s is %s for the %s", (command, response, kind, scope) => {
    expect(answered(command, response)).toMatchObject({ kind, scope, status: Number(response.slice(0, 3)) });
  });

  it("to a login is about the password also if the library names only the error", () => {
    for (const code of ["EAUTH", "ENOAUTH"])
      expect(failed({ code })).toMatchObject({ kind: "permanent", scope: "channel", code: "EAUTH" });
  });

  it("names the setting that may be wrong", () => {
    expect(answered("MAIL FROM", "550 who?").message).toBe(
      "relay.test:25 refused the sender: 550 who?. Check the channel's from.",
    );
    expect(answered("EHLO", "550 no").message).toBe("relay.test:25 refused the connection: 550 no");
    expect(answered("AUTH PLAIN", "535 no").message).toContain("Check user and password of the channel's url");
  });

  it("keeps its detailed status only where the standard puts it", () => {
    const enhanced = (response: string) => answered("RCPT TO", response).enhanced;
    expect(enhanced("550 5.1.1 unknown")).toBe("5.1.1");
    expect(enhanced("450-4.2.0 later")).toBe("4.2.0");
    expect(enhanced("550 5.123.456 odd")).toBe("5.123.456");
    expect(enhanced("550 5.1.1")).toBe("5.1.1");
    for (const response of ["550 unknown 5.1.1", "550 3.1.1 odd", "550 5.1 short", "550 5.1.1111 long", "550 x"])
      expect(enhanced(response), response).toBeUndefined();
    expect(answered("RCPT TO", "550 unknown")).not.toHaveProperty("enhanced");
  });
});

describe("A lost connection", () => {
  it("makes an email uncertain only once its body was begun", () => {
    expect(failed({ code: "ECONNRESET" }, { begun: true })).toMatchObject({ kind: "uncertain", scope: "recipient" });
    expect(failed({ code: "ECONNRESET" }, { begun: false })).toMatchObject({ kind: "temporary", scope: "channel" });
  });

  it("names its cause: the address, the name, TLS, or what the system said", () => {
    const message = (facts: Partial<SmtpError>) => failed(facts).message;
    expect(message({ code: "ESOCKET", originalCode: "ECONNREFUSED" })).toBe("relay.test:25 refused the connection");
    expect(message({ code: "EDNS", message: "not found" })).toContain("host name of relay.test:25 can't be found");
    expect(message({ code: "ETLS", message: "expired" })).toContain("No secure connection to relay.test:25: expired");
    expect(message({ code: "ETIMEDOUT", message: "slow" })).toContain("Can't connect to relay.test:25: slow");
    expect(failed({ code: "ETIMEDOUT" })).toMatchObject({ code: "ETIMEDOUT" });
    expect(failed({})).toMatchObject({ code: "ESMTP" });
    expect(failed({})).not.toHaveProperty("status");
  });
});

describe("What a server said", () => {
  it("is kept as one line, at most 300 characters, without addresses", () => {
    expect(answerOf({ message: " a\r\n  b " })).toBe("a b");
    expect(answerOf({ message: "unused", response: "550 no" })).toBe("550 no");
    expect(answerOf({ message: "<ada@example.org> and ada@example.org are gone" }, "ada@example.org")).toBe(
      "<<recipient>> and <recipient> are gone",
    );
    expect(answerOf({ message: "550 <bo@x.example>: 'eve@y.example', carl@z.example; dora@w.example" })).toBe(
      "550 <<address>>: '<address>', <address>; <address>",
    );
    expect(answerOf({ message: "meet @ noon, a@ or @b" })).toBe("meet @ noon, a@ or @b");
    expect(answerOf({ message: "x".repeat(1_000) })).toHaveLength(300);
    expect(answered("RCPT TO", `550 ${"x ".repeat(1_000)}`).message.length).toBeLessThanOrEqual(500);
    expect(smtpFailure(new Error("no"), { begun: false }, "r".repeat(600)).failure.message).toHaveLength(500);
  });

  it("becomes the receipt, with the relay's id if it names one", () => {
    const receipt = (text: string) => receiptOf({ code: 250, text }, "ada@example.org");
    expect(receipt("250 2.0.0 Ok: queued as 4Q.x-1_a for ada@example.org")).toEqual({
      remoteId: "4Q.x-1_a",
      response: "250 2.0.0 Ok: queued as 4Q.x-1_a for <recipient>",
    });
    expect(receipt("250 Queued As ABC")).toMatchObject({ remoteId: "ABC" });
    expect(receipt("250 requeued as ABC")).not.toHaveProperty("remoteId");
    expect(receipt("250 ok")).toEqual({ response: "250 ok" });
  });

  it("takes responsibility from 200 to 299", () => {
    expect([199, 200, 250, 299, 300, 354, 450].map((code) => isTaken({ code, text: "" }))).toEqual([
      ...[false, true, true, true, false, false, false],
    ]);
  });
});

describe("The answers to one email", () => {
  const conclude = (...answers: [string, number][]) => {
    const settled: unknown[] = [];
    const outcomes = openOutcomes("relay.test:25");
    const mail: OutgoingMail = {
      from: "",
      to: "ada@example.org",
      parts: [],
      begin() {},
      settle: (told) => settled.push(told),
    };
    outcomes.conclude(
      mail,
      answers.map(([command, code]) => [command, { code, text: `${code} text` }] as const),
    );
    expect(outcomes.settled).toBe(settled.length);
    expect(settled).toHaveLength(1);
    return settled[0];
  };

  it("are a receipt if none refuses, and else the first refusal", () => {
    expect(conclude(["DATA", 250])).toEqual({ response: "250 text" });
    expect(conclude(["MAIL FROM", 250], ["RCPT TO", 250], ["DATA", 250])).toEqual({ response: "250 text" });
    expect(conclude(["MAIL FROM", 250], ["RCPT TO", 399], ["DATA", 250])).toEqual({ response: "250 text" });
    expect(conclude(["MAIL FROM", 250], ["RCPT TO", 400], ["DATA", 503])).toMatchObject({
      failure: { kind: "temporary", scope: "recipient", status: 400 },
    });
    expect(conclude(["MAIL FROM", 550], ["RCPT TO", 503], ["DATA", 503])).toMatchObject({
      failure: { kind: "permanent", scope: "channel", status: 550 },
    });
  });

  it("are uncertain if the relay refused and took the email all the same", () => {
    const failure = { kind: "uncertain", scope: "recipient", code: "EPROTOCOL" };
    expect(conclude(["MAIL FROM", 250], ["RCPT TO", 550], ["DATA", 250])).toMatchObject({ failure });
    expect(conclude(["MAIL FROM", 250], ["RCPT TO", 550], ["DATA", 250])).toMatchObject({
      message: expect.stringContaining('"550 text", and after the message "250 text"'),
    });
    // Only the answer to the body takes it.
    expect(conclude(["MAIL FROM", 550], ["RCPT TO", 250])).toMatchObject({ failure: { kind: "permanent" } });
  });
});

it("An answer out of order, or a goodbye, ends the conversation with its own reason", () => {
  const progress = { begun: true, address: "ada@example.org" };
  const strange = outOfStep({ code: 550, text: "550 what?" });
  // No answer can be trusted any more.
  expect(smtpFailure(strange, progress, "relay.test:25").failure).toMatchObject({
    kind: "uncertain",
    code: "EPROTOCOL",
  });
  expect(strange.message).toBe("its replies are out of order: 550 what?");
  expect(smtpFailure(gone({ code: 421, text: "421 bye" }), progress, "relay.test:25").failure).toMatchObject({
    ...{ kind: "temporary", scope: "channel", status: 421, code: "421" },
  });
});

it("An address needs SMTPUTF8 if a part of it is not ASCII", () => {
  expect(needsUtf8("a@b.c", "d~@e.f")).toBe(false);
  expect(needsUtf8("é@b.c", "d@e.f")).toBe(true);
  expect(needsUtf8("a@b.c", "dé@e.f")).toBe(true);
  expect(needsUtf8("a@b.c", "d\u007f@e.f")).toBe(true);
});
