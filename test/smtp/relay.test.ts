/** A relay's address says where to connect, how, and with which password. */

import { describe, expect, it } from "vitest";
import { parseRelay } from "#smtp/session/relay.ts";

describe("The address of a relay", () => {
  it.each([
    ["smtp://relay.example", { host: "relay.example", port: 25, secure: false, requireTls: false }],
    ["smtp://relay.example:2525", { port: 2525 }],
    ["smtps://relay.example", { port: 465, secure: true, requireTls: false }],
    ["smtps://relay.example:2465", { port: 2465, secure: true }],
    ["smtp://ada:pa%20ss%40@relay.example", { port: 587, user: "ada", password: "pa ss@", requireTls: true }],
    ["smtps://ada:secret@relay.example", { port: 465, user: "ada", requireTls: false }],
    ["smtp://[2001:db8::1]:26", { host: "2001:db8::1", port: 26 }],
    // A password that does not leave the machine needs no TLS.
    ["smtp://ada:secret@localhost", { requireTls: false }],
    ["smtp://ada:secret@127.0.0.1", { requireTls: false }],
    ["smtp://ada:secret@127.10.200.255", { requireTls: false }],
    ["smtp://ada:secret@[::1]", { host: "::1", requireTls: false }],
    ["smtp://ada:secret@127.example", { requireTls: true }],
    ["smtp://ada:secret@127.0.0.1.example", { requireTls: true }],
    ["smtp://ada:secret@x127.0.0.1.example", { requireTls: true }],
  ])("%s is read", (url, expected) => {
    expect(parseRelay(url)).toMatchObject(expected);
  });

  it("has no user if none is given, and TLS as the operator asks", () => {
    expect(parseRelay("smtp://relay.example")).not.toHaveProperty("user");
    expect(parseRelay("smtp://relay.example")).not.toHaveProperty("token");
    expect(parseRelay("smtp://relay.example", true).requireTls).toBe(true);
    expect(parseRelay("smtp://ada:secret@relay.example", false).requireTls).toBe(false);
  });

  it("with a token takes the token's user, and must have TLS", () => {
    const oauth = {
      ...{ user: "news@example.org", clientId: "c", clientSecret: "s", refreshToken: "r" },
      accessUrl: "https://x.example",
    };
    const relay = parseRelay("smtp://ada@relay.example", undefined, oauth);
    expect(relay).toMatchObject({ user: "news@example.org", port: 587, requireTls: true });
    expect(relay.token).toBeDefined();
  });

  it.each([
    "relay.example",
    "http://relay.example",
    "xsmtp://relay.example",
    "smtp+x://relay.example",
    "smtp://",
    "smtp:",
  ])("is not %s, and the error names the forms", (url) => {
    expect(() => parseRelay(url)).toThrow("expected smtp://host:port");
  });

  it("must be percent-encoded, and the error repeats no password", () => {
    expect(() => parseRelay("smtp://ada:100%@relay.example")).toThrow(/percent-encoded(?!.*100)/);
  });
});
