/** `postrider measure`: a network's own counting, for scripts and for the curious. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

function measure(input: string, ...args: string[]): { stdout: string; stderr: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--conditions=source", main, "measure", ...args], {
    input,
    encoding: "utf8",
  });
  return { stdout, stderr, status };
}

const text = "See https://example.org/a/path 👩‍👩‍👧‍👦 @ada@social.example";

it("measures by each network's rule", () => {
  expect(measure(`${text}\n`, "x").stdout).toBe("50 of 280\n");
  expect(measure(text, "mastodon").stdout).toBe("34 of 500\n");
  expect(JSON.parse(measure(text, "bluesky", "--json").stdout)).toEqual({ adapter: "bluesky", count: 52, limit: 300 });
});

it("fails for a text that is too long", () => {
  expect(measure("a".repeat(281), "x")).toMatchObject({ stdout: "281 of 280\n", status: 1 });
});

it("accepts many texts, one per line", () => {
  expect(measure('"a"\n"你好"\n"two\\nlines"\n', "x", "--lines").stdout).toBe("1\n4\n9\n");
  expect(measure('"a"\nb\n', "x", "--lines")).toMatchObject({ status: 1, stderr: expect.stringContaining("Line 2") });
});

it("names the networks that it knows", () => {
  expect(measure("a", "mastodn").stderr).toMatch(/no network "mastodn"[\s\S]*mastodon/);
});
