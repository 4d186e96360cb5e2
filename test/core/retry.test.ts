import { describe, expect, it } from "vitest";
import { channelDelay, recipientDelay } from "#core/sending/retry.ts";

describe("Waiting before another try", () => {
  it("grows fourfold for a recipient and twofold for a channel", () => {
    const none = () => 0;
    expect([1, 2, 3, 4].map((attempt) => recipientDelay(attempt, none))).toEqual([2_000, 8_000, 32_000, 128_000]);
    expect([1, 2, 3, 4].map((failures) => channelDelay(failures, none))).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it("is longer by a random time of at most a fifth", () => {
    expect(recipientDelay(1, () => 0.999)).toBe(2_400);
  });
});
