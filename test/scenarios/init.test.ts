/** A folder with nothing in it becomes a site that works at once. */

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openTestSite, post as postWith } from "../support/cli.ts";
import { countsOf } from "../support/publications.ts";

const post = "content/posts/one-post-every-reader.md";

it("works unchanged with check, preview and publish, and reports an empty list", async () => {
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

it("never overwrites a file, and keeps secrets and addresses out of git", async () => {
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

it("sets up an existing blog: reads its generator's configuration, writes no posts, and checks its posts", async () => {
  const site = openTestSite("", {
    "gatsby-config.js": `module.exports = {
  siteMetadata: { title: "The Quay: boats", siteUrl: "https://quay.example", author: process.env.AUTHOR },
};
`,
    ".gitignore": "node_modules\n",
    "static/robots.txt": "",
    "src/pages/blog/a-day.md": postWith("A day"),
    "src/pages/blog/a-night.md": postWith("A night"),
  });
  rmSync(join(site.dir, "postrider.yaml"));
  const { stdout, status } = await site.run("init");
  expect(status).toBe(0);
  expect(stdout).toContain("Recognised Gatsby (gatsby-config.js)");
  expect(stdout).toMatch(/title +The Quay: boats {2}\(gatsby-config\.js\)/);
  expect(stdout).toMatch(/posts +src\/pages\/blog {2}\(2 files\)/);
  expect(stdout).toMatch(
    /feeds +static\/feeds {2}\(Gatsby copies this folder into the site\. Each build replaces public\/\)/,
  );
  expect(stdout).toMatch(/Not found in the files of Gatsby: .*site\.timezone/);
  expect(stdout).toContain("Add to .gitignore: .env .postrider/");
  expect(stdout).toContain("Next: `postrider check`");
  const written = readFileSync(join(site.dir, "postrider.yaml"), "utf8");
  expect(written).toMatch(/timezone: UTC # fill in/);
  expect(existsSync(join(site.dir, "content"))).toBe(false);
  expect(readFileSync(join(site.dir, ".gitignore"), "utf8")).toBe("node_modules\n");

  const checked = await site.run("check", "--json");
  expect(checked.status, checked.stderr).toBe(0);
  expect(checked.json<{ posts: { url: string }[] }>().posts.map(({ url }) => url)).toEqual([
    "https://quay.example/blog/a-day/",
    "https://quay.example/blog/a-night/",
  ]);
  expect((await site.run("jobs", "check")).status).toBe(0);
  await site.run("publish", "src/pages/blog/a-day.md", "--channels", "feed");
  expect(readFileSync(join(site.dir, "static/feeds/feed.xml"), "utf8")).toContain(
    "https://quay.example/feeds/feed.xml",
  );

  const again = (await site.run("init", "--json")).json<{ written: string[]; adopted: { preset: string } }>();
  expect(again).toMatchObject({ written: [], adopted: { preset: "gatsby-decap", posts: { files: 2 } } });
  expect(readFileSync(join(site.dir, "postrider.yaml"), "utf8")).toBe(written);
  expect((await site.run("init", "sample", "--no-adopt", "--json")).json<{ written: string[] }>().written).toContain(
    post,
  );
});

it("does not use a generator's own templates folder, and lists values that can't be read", async () => {
  const site = openTestSite("", {
    "config.toml": 'base_url = "/"\n[extra]\ntitle = "no"\n',
    "templates/base.html": "{% block content %}{% endblock %}",
    "content/blog/a-day.md": `+++\ntitle = "A day"\ndate = 2026-01-05\ndescription = "A day at the quay, with boats and weather"\n+++\nText of the day.\n`,
  });
  rmSync(join(site.dir, "postrider.yaml"));
  const { stdout } = await site.run("init");
  expect(stdout).toMatch(/Not found in the files of Zola: site\.title, site\.url, .*site\.timezone/);
  expect(readdirSync(join(site.dir, "templates"))).toEqual(["base.html"]);
  expect(readFileSync(join(site.dir, "postrider.yaml"), "utf8")).toMatch(/url: https:\/\/example\.org # fill in/);
  const checked = await site.run("check", "--json");
  expect(checked.status, checked.stdout + checked.stderr).toBe(0);
  expect(checked.json<{ posts: unknown[] }>().posts).toHaveLength(1);
});
