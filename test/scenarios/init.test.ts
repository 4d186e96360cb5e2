/** A folder with nothing in it becomes a site that works at once. */

import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openTestSite } from "../support/cli.ts";
import { countsOf } from "../support/publications.ts";

const post = "content/posts/one-post-every-reader.md";

it("is written, checks, previews and publishes without a change, and says when nobody was there to read it", async () => {
  const site = openTestSite("");
  rmSync(join(site.dir, "postrider.yaml"));
  const written = (await site.run("init", "--json")).json<{ written: string[]; kept: string[] }>();
  expect(written.written).toEqual(expect.arrayContaining(["postrider.yaml", ".env.example", ".gitignore", post]));
  expect(written.kept).toEqual([]);
  for (const folder of ["content", "templates", "jobs"]) expect(readdirSync(join(site.dir, folder))).not.toEqual([]);

  expect((await site.run("check", "--fail-on", "warning")).status).toBe(0);
  expect((await site.run("preview", post)).status).toBe(0);
  const alone = await site.run("publish", post);
  expect(alone.status).toBe(0);
  expect(alone.stderr).toContain('newsletter: nobody was on the list "everyone"');

  await site.run("subscribers", "import", "content/subscribers.csv", "--list", "everyone");
  const later = await site.run("publish", post, "--json");
  expect(countsOf(later)).toMatchObject({ accepted: 0, pending: 0 });
  const wanted = ["--channels", "newsletter", "--mode", "repost", "--reason", "now there are readers"];
  expect((await site.run("republish", post, ...wanted)).status).toBe(0);
  expect(countsOf(await site.run("status", "--json"))).toMatchObject({ accepted: 5 });
});

it("never writes over what is there, and keeps secrets and addresses out of git", async () => {
  const site = openTestSite("mine\n");
  writeFileSync(join(site.dir, ".gitignore"), "node_modules\n");
  const result = (await site.run("init", "--json")).json<{ kept: string[] }>();
  expect(result.kept.sort()).toEqual([".gitignore", "postrider.yaml"]);
  expect(readFileSync(join(site.dir, "postrider.yaml"), "utf8")).toBe("mine\n");
  expect(readFileSync(join(site.dir, ".gitignore"), "utf8")).toBe("node_modules\n");

  const fresh = openTestSite("");
  await fresh.run("init", "blog");
  expect(readFileSync(join(fresh.dir, "blog/.gitignore"), "utf8").split("\n")).toEqual(
    expect.arrayContaining([".env", ".postrider/"]),
  );
  await fresh.run("--config", "blog/postrider.yaml", "--data", "data", "status");
  // Wherever the data folder is.
  expect(readFileSync(join(fresh.dir, "data/.gitignore"), "utf8")).toBe("*\n");
});
