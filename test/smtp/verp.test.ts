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

  it("is read only where the whole of it stands, and of one mailbox", () => {
    const tag = (verpAddress(key, "secret", { domain: "x.example" }) ?? "").slice(2).replace("@x.example", "");
    expect(readVerp(` b-${tag}@x.example\r\n`, "secret")).toBe(key.slice(0, 20));
    expect(readVerp(`any+thing+${tag}@x.example`, "secret")).toBe(key.slice(0, 20));
    for (const other of [
      `xb-${tag}@x.example`,
      `b-${tag}`,
      `b-${tag}@`,
      `b-${tag}@x@y.example`,
      `b-${tag}0@x.example`,
      `x-${tag}@x.example`,
    ])
      expect([other, readVerp(other, "secret")]).toEqual([other, null]);
  });

  it("needs a domain, or a mailbox with a name", () => {
    for (const paths of [{}, { address: "@example.org" }, { address: "bounces" }])
      expect(verpAddress(key, "secret", paths)).toBeNull();
    expect(verpAddress(key, "secret", { domain: "x.example", address: "a@y.example" })).toMatch(/^b-.*@x\.example$/);
    expect(verpAddress(key, "secret", { address: "a@b@y.example" })).toMatch(
      /^a@b\+[0-9a-f]{20}-[0-9a-f]{12}@y\.example$/,
    );
  });

  it("that is forged is ignored", () => {
    const address = verpAddress(key, "secret", { address: "bounces@example.org" }) ?? "";
    expect(readVerp(address, "another secret")).toBeNull();
    expect(readVerp(address.replace("+", "+f"), "secret")).toBeNull();
    expect(readVerp("reader@example.org", "secret")).toBeNull();
  });
});
