import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signToken, verifyToken } from "#core/readers/token.ts";

describe("A signed link", () => {
  it("returns the signed values, with the same bytes each time", () => {
    const token = signToken("secret", "unsubscribe", ["abc", "weekly"]);
    expect(verifyToken("secret", "unsubscribe", token)).toEqual(["abc", "weekly"]);
    expect(signToken("secret", "unsubscribe", ["abc", "weekly"])).toBe(token);
    expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
  });

  it("is invalid with another secret", () => {
    expect(verifyToken("other", "unsubscribe", signToken("secret", "unsubscribe", ["abc"]))).toBeNull();
  });

  it("is invalid if a single character is changed", () => {
    const token = signToken("secret", "unsubscribe", ["abc", "weekly"]);
    const changed = fc.tuple(fc.nat(token.length - 1), fc.constantFrom(..."aZ09-_."));
    const result = fc.check(
      fc.property(changed, ([at, letter]) => {
        const forged = token.slice(0, at) + letter + token.slice(at + 1);
        // The last letter of base64url carries bits that decode to nothing.
        const same = Buffer.from(forged.split(".")[1] ?? "", "base64url").equals(
          Buffer.from(token.split(".")[1] ?? "", "base64url"),
        );
        return (
          (forged.split(".")[0] === token.split(".")[0] && same) ||
          verifyToken("secret", "unsubscribe", forged) === null
        );
      }),
    );
    expect(result.failed, JSON.stringify(result.counterexample)).toBe(false);
  });

  it("is invalid in another scope, and after it has expired", () => {
    const until = new Date("2026-03-01T00:00:00Z");
    const token = signToken("secret", "confirm", ["abc"], until);
    expect(verifyToken("secret", "confirm", token, new Date("2026-02-28T23:59:59Z"))).toEqual(["abc"]);
    expect(verifyToken("secret", "confirm", token, until)).toBeNull();
    expect(verifyToken("secret", "preferences", token, new Date("2026-01-01T00:00:00Z"))).toBeNull();
    const later = token.replace(/\.[^.]+\./, `.${(until.getTime() / 1000 + 1).toString(36)}.`);
    expect(verifyToken("secret", "confirm", later, new Date("2026-01-01T00:00:00Z"))).toBeNull();
    expect(verifyToken("secret", "confirm", token.replace(/\.[^.]+\./, "."))).toBeNull();
  });

  it("refuses any other text", () => {
    const result = fc.check(fc.property(fc.string(), (text) => verifyToken("secret", "unsubscribe", text) === null));
    expect(result.failed).toBe(false);
  });
});
