import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutPersonal } from "#core/log.ts";
import { signToken, type TokenScope } from "#core/readers/token.ts";

describe("A line of the log", () => {
  it("contains no email address, whatever text is around it", () => {
    for (const text of [
      "550 5.1.1 <ada.quill+news@mail.example.org>: unknown",
      '{"error":"could not write to ada@example.org"}',
      "mailto:ada@例え.jp?subject=x",
      "user=ada@example.org",
    ]) {
      expect(withoutPersonal(text)).toContain("(address)");
      expect(withoutPersonal(text)).not.toMatch(/ada/);
    }
  });

  it("contains no token, of any scope and length", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<TokenScope>("unsubscribe", "data", "seen", "click"),
        fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        (scope, parts, ends) => {
          const made = signToken("a secret", scope, parts, ends ? new Date("2030-01-01") : undefined);
          const line = withoutPersonal(`error: GET /preferences/${made} failed error="${made}"`);
          expect(line).toBe('error: GET /preferences/(token) failed error="(token)"');
        },
      ),
    );
  });

  it("keeps versions, packages, hosts and times, which are not personal", () => {
    const line = "postrider 1.2.3 @hono/node-server relay.example.org:587 2026-01-05T09:00:00.000Z 3f2a-9c.md";
    expect(withoutPersonal(line)).toBe(line);
  });
});
