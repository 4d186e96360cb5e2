import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pictureRoutes } from "#http/pictures.ts";
import { tempDir } from "../support/temp.ts";

describe("pictures over HTTP", () => {
  const name = `${"0a".repeat(12)}.png`;

  it("are served with unlimited caching, under the hash of their content", async () => {
    const dir = tempDir();
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, name), "bytes");
    const answer = await pictureRoutes(dir).request(`/pictures/${name}`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("bytes");
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("cache-control")).toContain("immutable");
  });

  it("are the only files that are served", async () => {
    const dir = tempDir();
    mkdirSync(join(dir, "inner"), { recursive: true });
    writeFileSync(join(dir, "secret.txt"), "secret");
    writeFileSync(join(dir, "inner", name), "bytes");
    for (const path of ["secret.txt", "..%2fsecret.txt", `inner%2f${name}`, name, `${name}.part`])
      expect((await pictureRoutes(dir).request(`/pictures/${path}`)).status, path).toBe(404);
  });
});
