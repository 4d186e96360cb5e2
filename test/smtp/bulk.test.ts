/** From envelopes to emails: composed once, signed, and settled also where that fails. */

import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { anEnvelope, failureOf, never } from "#contract/samples.ts";
import type { Envelope, Settled } from "#core/adapter.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { joined } from "#smtp/message/mail.ts";
import { type Composer, openComposer } from "#smtp/session/bulk/composer.ts";
import { openMailSource } from "#smtp/session/bulk/mail-source.ts";
import { openPool } from "#smtp/session/pool.ts";
import { parseRelay } from "#smtp/session/relay.ts";
import { openScriptedRelay } from "../support/servers/smtp.ts";

const from = "A Blog <news@example.org>";
const envelope = anEnvelope("email");
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });

const headOf = async (composer: Composer): Promise<string> => {
  const splice = await composer.spliceFor(envelope);
  return (
    joined(await composer.signedParts(splice(envelope)))
      .toString("latin1")
      .split("\r\n\r\n")[0] ?? ""
  );
};

describe("A composer", () => {
  it("signs with each key, and not at all without one", async () => {
    expect(await headOf(openComposer({ from }, []))).not.toMatch(/^DKIM-Signature/im);
    const key = { domain: "example.org", selector: "s1", privateKey };
    const signed = await headOf(openComposer({ from }, [key, { ...key, selector: "s2" }]));
    expect(signed.match(/^DKIM-Signature/gim)).toHaveLength(2);
  });

  it("composes an email once for a rendition and a list", () => {
    const composer = openComposer({ from }, []);
    const other = { ...envelope.recipient, list: { ...envelope.recipient.list, name: "another" } };
    const made = composer.spliceFor(envelope);
    expect(composer.spliceFor({ ...envelope, key: "another" })).toBe(made);
    expect(composer.spliceFor({ ...envelope, recipient: other })).not.toBe(made);
    expect(composer.spliceFor({ ...envelope, rendition: { ...envelope.rendition } })).not.toBe(made);
  });

  it("tries again after it failed", async () => {
    // Such a key can't sign.
    const { privateKey: unusable } = generateKeyPairSync("x25519");
    const composer = openComposer({ from }, [{ domain: "example.org", selector: "s1", privateKey: unusable }]);
    const made = composer.spliceFor(envelope);
    await expect(made).rejects.toThrow();
    const again = composer.spliceFor(envelope);
    expect(again).not.toBe(made);
    await expect(again).rejects.toThrow();
  });
});

describe("A source of emails", () => {
  async function* envelopes(count: number): AsyncGenerator<Envelope<"email">, void> {
    for (let n = 0; n < count; n++) yield { ...envelope, key: String(n) };
  }
  const opened = (count: number, spliceFor: Composer["spliceFor"]) => {
    const settled: Settled<"email">[] = [];
    const begun: string[] = [];
    const composer = { ...openComposer({ from }, []), spliceFor };
    const progress = {
      begin: ({ key }: Envelope<"email">) => void begun.push(key),
      settle: (each: Settled<"email">) => void settled.push(each),
    };
    return {
      source: openMailSource(envelopes(count), progress, composer, () => "bounces@example.org"),
      settled,
      begun,
    };
  };
  const sound = openComposer({ from }, []);

  it("settles an email that can't be composed, and goes on with the next", async () => {
    const problem = new DeliveryError({ kind: "permanent", scope: "channel", code: "self-check", message: "differs" });
    const { source, settled, begun } = opened(3, (each) =>
      each.key === "1" ? Promise.reject(problem) : sound.spliceFor(each),
    );
    const mails = [await source.take(), await source.take()];
    expect(source.finished).toBe(false);
    expect(await source.take()).toBeNull();
    expect([source.finished, source.hasReturned]).toEqual([true, false]);
    expect(settled).toMatchObject([{ envelope: { key: "1" }, failure: { code: "self-check" } }]);
    mails[1]?.begin();
    mails[1]?.settle({ remoteId: "x" });
    mails[0]?.settle(problem);
    expect(begun).toEqual(["2"]);
    expect(settled.slice(1)).toMatchObject([
      { envelope: { key: "2" }, receipt: { remoteId: "x" } },
      { envelope: { key: "0" }, failure: { code: "self-check" } },
    ]);
    expect(mails[0]).toMatchObject({ from: "bounces@example.org", to: envelope.recipient.address });
  });

  it("ends with an error of ours, which is no answer about an email", async () => {
    const { source, settled } = opened(1, () => Promise.reject(new TypeError("a mistake")));
    await expect(source.take()).rejects.toThrow("a mistake");
    expect(settled).toEqual([]);
  });

  it("gives what came back before anything new, also after the last envelope", async () => {
    const { source } = opened(2, sound.spliceFor);
    const first = await source.take();
    if (!first) throw new Error("one is there");
    source.putBack(first);
    expect(source.hasReturned).toBe(true);
    expect(await source.take()).toBe(first);
    expect(source.hasReturned).toBe(false);
    expect(await source.take()).not.toBe(first);
    const ending = source.take();
    source.putBack(first);
    expect(await ending).toBe(first);
    expect(await source.take()).toBeNull();
  });
});

describe("A pool of connections", () => {
  const message = Buffer.from("To: ada@example.org\r\n\r\nHello\r\n");
  it.each([
    ["whose body's answer was lost", { body: "drop" as const }, { kind: "uncertain", scope: "recipient" }, 1],
    ["whose recipient is put off", { RCPT: "450 later" }, { kind: "temporary", scope: "recipient" }, 1],
    ["whose sender is refused", { MAIL: "550 no" }, { kind: "permanent", scope: "channel" }, 1],
    // Nothing had begun.
    ["that was not begun when the relay went", { MAIL: "421 bye" }, { kind: "temporary", scope: "channel" }, 2],
  ])("tries an email %s %#", async (_title, script, failure, tries) => {
    await using relay = await openScriptedRelay();
    await using pool = openPool(parseRelay(relay.url), 500);
    expect(await pool.send("news@example.org", "ada@example.org", message, never)).toEqual({
      ...{ remoteId: "4TESTID", response: "250 2.0.0 Ok: queued as 4TESTID" },
    });
    expect(relay.taken).toEqual([message.toString().trimEnd()]);
    Object.assign(relay.script, script);
    expect(await failureOf(pool.send("news@example.org", "ada@example.org", message, never))).toMatchObject(failure);
    expect(relay.commands.filter((line) => line.startsWith("MAIL"))).toHaveLength(1 + tries);
  });
});
