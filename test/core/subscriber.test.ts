import { describe, expect, it } from "vitest";
import { addressProblem, normalizeAddress } from "#core/readers/subscriber.ts";

describe("An address", () => {
  it.each([
    "ada@example.org",
    "a.b+tag@sub.example.co.uk",
    "o'brien@example.org",
    "δοκιμή@παράδειγμα.ελ",
    "user@xn--bcher-kva.example",
  ])("is accepted: %s", (address) => {
    expect(addressProblem(address)).toBeNull();
  });

  it.each([
    ["", "no address"],
    ["ada", "no @"],
    ["@example.org", "no @"],
    ["ada@example", "the part after the @ is not a domain name"],
    ["ada@-example.org", "the part after the @ is not a domain name"],
    ["a b@example.org", "characters before the @ that an address can't contain"],
    [".ada@example.org", "characters before the @ that an address can't contain"],
    ["ada@example.org\r\nBcc: all@example.org", "characters before the @ that an address can't contain"],
    ["ada@example.org\r\nBcc: all", "the part after the @ is not a domain name"],
    ["ada\u0000@example.org", "characters before the @ that an address can't contain"],
    [`${"a".repeat(65)}@example.org`, "more than 64 characters before the @"],
    [`ada@${"a".repeat(250)}.org`, "longer than 254 characters"],
  ])("is refused with a reason: %j", (address, reason) => {
    expect(addressProblem(address)).toBe(reason);
  });

  it("in capitals is the same person", () => {
    expect(normalizeAddress(" Ada@Example.ORG ")).toBe("ada@example.org");
  });
});
