/** Our signatures hold, as we verify them and as others do. */

import { execFileSync, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { anEnvelope } from "#contract/samples.ts";
import { compile } from "#smtp/message/compile.ts";
import { type DkimKey, dkimRecord, openSigner, parseDkimKey, verifyOwn } from "#smtp/message/dkim.ts";
import { joined, parseMail, partsOf } from "#smtp/message/mail.ts";
import { buildMessage } from "#smtp/message/message.ts";
import { tempDir } from "../support/temp.ts";

const from = "A Blog <news@example.org>";
const rsa = key("rsa", generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
const ed = key("ed", generateKeyPairSync("ed25519").privateKey);

function key(selector: string, privateKey: DkimKey["privateKey"]): DkimKey {
  return { domain: "example.org", selector, privateKey };
}

async function signedMail(keys: readonly DkimKey[], subject = "one"): Promise<Buffer> {
  const envelope = anEnvelope("email", subject);
  const person = { ...envelope.recipient, name: "Ünal  Ö.", unsubscribeUrl: "https://news.example.org/u/1" };
  const mail = (await compile(envelope, { from }))({ ...envelope, recipient: person });
  return joined(partsOf(mail, await openSigner(keys)(mail)));
}

describe("A DKIM signature", () => {
  it.each([
    ["RSA", [rsa]],
    ["Ed25519", [ed]],
    ["both", [rsa, ed]],
  ])("of %s is valid for a bulk email", async (_kind, keys) => {
    const message = await signedMail(keys);
    expect(() => verifyOwn(message, keys)).not.toThrow();
    const header = message.toString("latin1").split("\r\n\r\n")[0] ?? "";
    expect(header.match(/^DKIM-Signature:/gm)).toHaveLength(keys.length);
    expect(header.replace(/\r\n[ \t]+/g, "")).toMatch(/h=[^;]*:list-unsubscribe:list-unsubscribe-post:[^;]*:from;/);
    expect(header).toMatch(/^List-Unsubscribe: .*\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    const lines = header.slice(0, header.indexOf("Date:")).split("\r\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(78);
  });

  it("is valid for an email that nodemailer composes", async () => {
    const mail = parseMail(await buildMessage(anEnvelope("email"), { from }));
    expect(() => verifyOwn(joined(partsOf(mail, [])), [rsa])).toThrow(/failed verification/);
    const signatures = await openSigner([rsa, ed])(mail);
    expect(() => verifyOwn(joined(partsOf(mail, signatures)), [rsa, ed])).not.toThrow();
  });

  it("is valid for an email that ends with many empty lines", async () => {
    const mail = parseMail(Buffer.from("From: a@example.org\r\nTo: b@example.org\r\n\r\nHello\r\n\r\n\r\n\r\n"));
    const signatures = await openSigner([rsa])(mail);
    expect(() => verifyOwn(joined(partsOf(mail, signatures)), [rsa])).not.toThrow();
  });

  it("fills its lines", async () => {
    const header = (await signedMail([rsa])).toString("latin1").split("\r\n\r\n")[0] ?? "";
    const [signature = ""] = /^DKIM-Signature:.*(?:\r\n[ \t].*)*/.exec(header) ?? [];
    const lines = signature.split("\r\n");
    // A line is only ended where the next word does not fit on it any more.
    for (const [at, line] of lines.slice(0, -1).entries()) {
      const [word = ""] = /^ ?[^;:]+[;:]?/.exec(lines[at + 1] ?? "") ?? [];
      if (lines[at + 1]?.includes(";") || lines[at + 1]?.includes(":"))
        expect(line.length + word.length).toBeGreaterThan(70);
    }
    expect(lines.length).toBeLessThan(15);
  });

  it("is invalid if a byte of a header or of the body changes", async () => {
    const text = (await signedMail([rsa])).toString("latin1");
    for (const [before, after] of [
      ["List-Unsubscribe=One-Click", "List-Unsubscribe=Two-Clicks"],
      ["Subject: Hello", "Subject: Hallo"],
      ["<p>Hello", "<p>Hallo"],
      ["From: A Blog", "From: B Blog"],
      ["To: ", "From: somebody@example.net\r\nTo: "],
    ] as const) {
      expect(text).toContain(before);
      const changed = Buffer.from(text.replace(before, after), "latin1");
      expect(() => verifyOwn(changed, [rsa]), after).toThrow(/failed verification/);
    }
    expect(() => verifyOwn(Buffer.from(`${text}\r\n\r\n`, "latin1"), [rsa])).not.toThrow();
  });

  it("always has the same bytes, so that a second try is the same email", async () => {
    expect(await signedMail([rsa, ed])).toEqual(await signedMail([rsa, ed]));
  });

  it.skipIf(!hasPythonDkim())("is accepted by another verifier", async () => {
    const dir = tempDir();
    for (const [index, keys] of [[rsa], [ed], [rsa, ed]].entries()) {
      const file = join(dir, `${index}.eml`);
      writeFileSync(file, await signedMail(keys, `mail ${index}`));
      const records = Object.fromEntries(
        keys.map((each) => [`${each.selector}._domainkey.example.org.`, dkimRecord(each)]),
      );
      for (const at of keys.keys())
        expect(
          execFileSync("/usr/bin/python3", ["-c", verifier, file, JSON.stringify(records), String(at)]).toString(),
        ).toBe("True\n");
    }
  });
});

describe("A DKIM key", () => {
  it.each([
    ["no key", "hello", /expected a private key in PEM/],
    ["an elliptic one", pem(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey), /RSA or Ed25519/],
    ["a short one", pem(generateKeyPairSync("rsa", { modulusLength: 768 }).privateKey), /1024 bits or more/],
  ])("that is %s is refused in words", (_title, text, message) => {
    expect(() => parseDkimKey(text)).toThrow(message);
  });
});

function pem(privateKey: DkimKey["privateKey"]): string {
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

const verifier = `
import sys, json, dkim
records = json.loads(sys.argv[2])
def lookup(name, timeout=5):
    return records[name.decode() if isinstance(name, bytes) else name].encode()
print(dkim.DKIM(open(sys.argv[1], "rb").read()).verify(idx=int(sys.argv[3]), dnsfunc=lookup))
`;

/** Debian's python3-dkim; CI has it. */
function hasPythonDkim(): boolean {
  return spawnSync("/usr/bin/python3", ["-c", "import dkim, nacl"]).status === 0;
}
