import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readVerp, verpAddress } from "#smtp/message/verp.ts";

const key = createHash("sha256").update("delivery").digest("hex");

describe("A return path", () => {
  it.each([{ domain: "bounces.example.org" }, { address: "bounces@example.org" }])(
    "identifies the delivery: %o",
    (paths) => {
      const address = verpAddress(key, "secret", paths) ?? "";
      expect(readVerp(address.toUpperCase(), "secret")).toBe(key.slice(0, 20));
      expect(address.split("@")[0]?.length).toBeLessThanOrEqual(64);
    },
  );

  it("that is forged is ignored", () => {
    const address = verpAddress(key, "secret", { address: "bounces@example.org" }) ?? "";
    expect(readVerp(address, "another secret")).toBeNull();
    expect(readVerp(address.replace("+", "+f"), "secret")).toBeNull();
    expect(readVerp("reader@example.org", "secret")).toBeNull();
  });
});
