import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deliveryKey } from "#core/sending/idempotency.ts";

const subject = { channel: "newsletter", postId: "hello.md", recipient: "", generation: 1 };

describe("The key of a delivery", () => {
  it("never changes", () => {
    expect(deliveryKey(subject)).toBe("ba28609cd540d144144cda44c96ed07549692ea5becd4ad263d793d5adad8819");
  });

  it("differs if channel, post, recipient or generation differs", () => {
    const part = fc.string({ minLength: 0, maxLength: 20 }).filter((text) => !text.includes("\n"));
    const subjects = fc.record({ channel: part, postId: part, recipient: part, generation: fc.nat(9) });
    fc.assert(
      fc.property(
        subjects,
        subjects,
        (a, b) =>
          (deliveryKey(a) === deliveryKey(b)) ===
          (JSON.stringify(Object.values(a)) === JSON.stringify(Object.values(b))),
      ),
    );
    expect(deliveryKey({ ...subject, generation: 2 })).not.toBe(deliveryKey(subject));
  });
});
