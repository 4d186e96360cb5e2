/** What a conversation that ends makes of each email: of what was begun nobody can know, and the rest goes back unsent. */

import { describe, expect, it } from "vitest";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import type { OutgoingMail, Supply } from "#smtp/session/outgoing-mail.ts";
import { parseRelay } from "#smtp/session/relay.ts";
import { openSession } from "#smtp/session/session.ts";
import { openScriptedRelay, type Script, type ScriptedRelay } from "../support/servers/smtp.ts";

const never = new AbortController().signal;
const ways = [
  ["in chunks", "250-relay.test\n250-PIPELINING\n250 CHUNKING"],
  ["in groups of commands", "250-relay.test\n250 PIPELINING"],
  ["one command at a time", "250-relay.test\n250 SIZE 100000"],
] as const;
const told = (outcome: Receipt | DeliveryError): string =>
  outcome instanceof DeliveryError ? `${outcome.failure.kind} ${outcome.failure.scope}` : "accepted";

/** Mails to r0, r1 and so on, and what becomes of them. */
function openMails(count: number, change: (mail: OutgoingMail, index: number) => OutgoingMail = (mail) => mail) {
  const events: string[] = [];
  const outcomes = new Map<string, (Receipt | DeliveryError)[]>();
  const returned = new Map<string, DeliveryError>();
  const mails = Array.from({ length: count }, (_, index): OutgoingMail => {
    const to = `r${index}@example.org`;
    outcomes.set(to, []);
    const mail: OutgoingMail = {
      ...{ from: "news@example.org", to, parts: [`To: ${to}\r\n\r\nHello\r\n`] },
      begin: () => void events.push(`begin r${index}`),
      settle(outcome) {
        events.push(`settle r${index}`);
        outcomes.get(to)?.push(outcome);
      },
    };
    return change(mail, index);
  });
  const [first, ...others] = mails;
  if (!first) throw new Error("at least one");
  const supply: Supply = {
    take: async () => others.shift() ?? null,
    giveBack: (mail, reason) => void returned.set(mail.to, reason),
  };
  /** Each is settled once, or given back, or was never taken. */
  const results = (): string[] =>
    mails.map(({ to }) => {
      const settled = (outcomes.get(to) ?? []).map(told);
      const back = returned.get(to);
      return [...settled, ...(back ? [`back: ${told(back)}`] : [])].join(" and ") || "not taken";
    });
  return { first, supply, results, events, returned };
}

async function ran(
  script: Script,
  mails: ReturnType<typeof openMails>,
  signal = never,
  during?: (relay: ScriptedRelay) => void,
) {
  await using relay = await openScriptedRelay(script);
  const session = await openSession(parseRelay(relay.url), 500, signal);
  const run = session.run(mails.first, mails.supply);
  during?.(relay);
  await run;
  const { open } = session;
  await session.close();
  return { open, commands: relay.commands, taken: relay.taken.length, settled: session.settled };
}

describe.each(ways)("A conversation %s", (_way, EHLO) => {
  it("settles each email once, tells before each body that it begins, and says goodbye", async () => {
    const mails = openMails(20);
    const { open, commands, taken, settled } = await ran({ EHLO }, mails);
    expect(mails.results()).toEqual(Array(20).fill("accepted"));
    expect([open, taken, settled, commands.at(-1)]).toEqual([true, 20, 20, "QUIT"]);
    for (let index = 0; index < 20; index++)
      expect(mails.events.indexOf(`begin r${index}`)).toBeLessThan(mails.events.indexOf(`settle r${index}`));
  });

  // Where commands go out together, a relay that only leaves out one answer gives the next one in its place.
  it.each(EHLO.includes("PIPELINING") ? (["drop"] as const) : (["drop", "hang"] as const))(
    "whose answer to a body is lost (%s) leaves only what was begun uncertain",
    async (body) => {
      const mails = openMails(20);
      const { open, taken } = await ran({ EHLO, body }, mails);
      const results = mails.results();
      expect([open, taken]).toEqual([false, 0]);
      for (const [index, result] of results.entries())
        if (mails.events.includes(`begin r${index}`)) expect(result, `r${index}`).toBe("uncertain recipient");
        else expect(["not taken", "back: temporary channel"], `r${index}`).toContain(result);
      expect(results[0]).toBe("uncertain recipient");
      // With chunks eight are under way at once, and otherwise one.
      expect(mails.events.filter((event) => event.startsWith("begin"))).toHaveLength(EHLO.includes("CHUNKING") ? 8 : 1);
    },
  );

  it("that is aborted leaves what was begun uncertain, and gives the rest back", async () => {
    const abort = new AbortController();
    const mails = openMails(20, (mail, index) => ({
      ...mail,
      begin() {
        mail.begin();
        if (index === 0) setImmediate(() => abort.abort());
      },
    }));
    const { open } = await ran({ EHLO, body: "hang" }, mails, abort.signal);
    expect(open).toBe(false);
    for (const [index, result] of mails.results().entries())
      if (mails.events.includes(`begin r${index}`)) expect(result).toBe("uncertain recipient");
      else expect(["not taken", "back: temporary channel"]).toContain(result);
  });

  it("in which an email can't begin sends nothing of it", async () => {
    const mails = openMails(3, (mail, index) => ({
      ...mail,
      begin() {
        if (index === 1) throw new Error("no room for the wire log");
        mail.begin();
      },
    }));
    const { taken } = await ran({ EHLO }, mails);
    expect(mails.results().slice(0, 2)).toEqual(["accepted", "back: temporary channel"]);
    expect(mails.results()[2]).toMatch(/^(not taken|back: temporary channel)$/);
    expect(taken).toBe(1);
  });

  it("goes on after a refused recipient, and settles what the server can't take without announcing it", async () => {
    const mails = openMails(5, (mail, index) =>
      index === 0 || index === 3 ? { ...mail, to: mail.to, from: "jörg@example.org" } : mail,
    );
    const RCPT = (address: string) => (address.startsWith("r1@") ? "550 5.1.1 who?" : "250 ok");
    const { open, taken, commands } = await ran({ EHLO, RCPT }, mails);
    expect(mails.results()).toEqual([
      ...["permanent recipient", "permanent recipient", "accepted", "permanent recipient", "accepted"],
    ]);
    expect([open, taken]).toEqual([true, 2]);
    expect(commands.filter((line) => line.includes("rg@"))).toEqual([]);
    expect(mails.events).not.toContain("begin r0");
  });
});

describe("A conversation with a server that says goodbye", () => {
  it.each(ways.slice(1))("after a body ends, and what follows goes back (%s)", async (_way, EHLO) => {
    const mails = openMails(5);
    const { open } = await ran({ EHLO, body: "421 4.3.2 bye" }, mails);
    const [first, ...others] = mails.results();
    expect([first, open]).toEqual(["temporary channel", false]);
    for (const result of others) expect(["not taken", "back: temporary channel"]).toContain(result);
  });

  it("gives the email back that it was greeted with", async () => {
    const mails = openMails(3);
    const { open } = await ran({ EHLO: ways[1][1], MAIL: "421 4.3.2 bye" }, mails);
    expect([mails.results()[0], open]).toEqual(["back: temporary channel", false]);
    expect(mails.events).toEqual([]);
  });
});

it("A server without pipelining is not asked for a recipient or a body after it refused the sender", async () => {
  const mails = openMails(2);
  const { commands } = await ran({ EHLO: ways[2][1], MAIL: "400 later" }, mails);
  expect(mails.results()).toEqual(["temporary channel", "temporary channel"]);
  expect(commands.filter((line) => /^(RCPT|DATA)/.test(line))).toEqual([]);
  expect(commands.filter((line) => line === "RSET")).toHaveLength(2);
});

it("A conversation can't begin after an abort, and the reason is no uncertainty", async () => {
  await using relay = await openScriptedRelay();
  const opening = openSession(parseRelay(relay.url), 500, AbortSignal.abort());
  await expect(opening).rejects.toMatchObject({ failure: { kind: "temporary", scope: "channel", code: "ABORTED" } });
});

it("Nothing goes out in the clear to a server that offers TLS and then refuses it", async () => {
  await using relay = await openScriptedRelay({ EHLO: "250-relay.test\n250 STARTTLS" });
  const opening = openSession(parseRelay(relay.url), 500, never);
  await expect(opening).rejects.toMatchObject({ failure: { kind: "temporary", scope: "channel", code: "502" } });
  expect(relay.commands.at(-1)).toBe("STARTTLS");
});

it("An email that is taken while the connection closes goes back, and is not forgotten", async () => {
  await using relay = await openScriptedRelay({ EHLO: ways[0][1], body: "drop" });
  const mails = openMails(2);
  const session = await openSession(parseRelay(relay.url), 500, never);
  const take = async (): Promise<OutgoingMail | null> => {
    await expect.poll(() => session.open).toBe(false);
    return mails.supply.take();
  };
  await session.run(mails.first, { ...mails.supply, take });
  expect(mails.results()).toEqual(["uncertain recipient", "back: temporary channel"]);
});

it("A relay whose answers are out of order is asked nothing more, and what was begun is uncertain", async () => {
  const mails = openMails(20);
  const { open } = await ran({ EHLO: ways[0][1], RSET: "500 what?" }, mails);
  expect([mails.results()[0], open]).toEqual(["uncertain recipient", false]);
  expect(mails.results().filter((result) => result === "accepted")).toEqual([]);
});

it("A recipient that was refused stays refused if the connection ends while the empty body is sent", async () => {
  const mails = openMails(2);
  const script: Script = { EHLO: ways[1][1], RCPT: "550 5.1.1 who?", midBody: "drop" };
  const { open } = await ran(script, mails);
  expect([mails.results()[0], open]).toEqual(["permanent recipient", false]);
});

it("Large emails that wait for a slow network keep their own content", async () => {
  const letters = [..."abcdefgh"];
  const bytes = 1_500_000;
  const mails = openMails(letters.length, (mail, index) => ({
    ...mail,
    parts: [`${(letters[index] ?? "").repeat(bytes)}\r\n`],
  }));
  await using relay = await openScriptedRelay({ EHLO: ways[0][1] });
  const session = await openSession(parseRelay(relay.url), 20_000, never);
  await session.run(mails.first, mails.supply);
  expect(relay.taken.map((mail) => [mail.length, [...new Set(mail)].join("")])).toEqual(
    letters.map((letter) => [bytes, letter]),
  );
});

it.each(["550 not now", "drop"])("A server that does not say what it can do (%s) has got no email", async (second) => {
  let asked = 0;
  await using relay = await openScriptedRelay({ EHLO: () => (++asked === 1 ? "250 relay.test" : second) });
  const opening = openSession(parseRelay(relay.url), 500, never);
  await expect(opening).rejects.toMatchObject({ failure: { kind: "temporary", scope: "channel" } });
  expect(asked).toBe(2);
});

it.each([
  ["the body", { DATA: "554 no" }, "permanent recipient"],
  ["the recipient, with the first code of a refusal", { RCPT: "400 later" }, "temporary recipient"],
  ["the sender, with the first code of a refusal", { MAIL: "400 later", RCPT: "250 ok" }, "temporary channel"],
] as const)("No byte of an email goes out after the server refused %s", async (_what, answers, result) => {
  const mails = openMails(1);
  const { taken } = await ran({ EHLO: ways[1][1], body: "554 nothing came", ...answers }, mails);
  expect([mails.results(), mails.events, taken]).toEqual([[result], ["settle r0"], 0]);
});
