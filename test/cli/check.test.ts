/** `check` over whole folders, as a person or a pull request runs it. */

import { describe, expect, it } from "vitest";
import { openTestSite, post } from "../support/cli.ts";

const configuration = `site: { title: A Blog, url: "https://example.org" }
content: { dir: content/posts }
channels:
  feed: { adapter: rss, out: public }
`;

interface Output {
  posts: { path: string; status: string; diagnostics: { code: string; line: number }[] }[];
  rules: { code: string; findings: number; posts: number }[];
  suggestion?: { preset: string };
}

const files = {
  "content/posts/good.md": post("Good"),
  "content/posts/bare.md": `${post("Bare")}\n![](/a.png)\n\n![](/b.png)\n`,
  "content/posts/more/held.md": `${post("Held")}\n[a](TODO)\n`,
};

describe("postrider check", () => {
  it("reports every finding, counts them by rule, and fails for an error", async () => {
    const site = openTestSite(configuration, files);
    const { stdout, status } = await site.run("check");
    expect(stdout).toMatch(/bare\.md:\d+: warning missing-alt /);
    expect(stdout).toMatch(/held\.md:\d+: error placeholder /);
    expect(stdout).toMatch(/warning +missing-alt +2 +1/);
    expect(stdout).toContain("3 posts, 1 error, 2 warnings");
    expect(status).toBe(1);
  });

  it("reports each post's revision, for the gate that waits for its page", async () => {
    const site = openTestSite(configuration, files);
    const { posts } = (await site.run("check", "content/posts/good.md", "--json")).json<{
      posts: { revision: string }[];
    }>();
    const published = await site.run("publish", "content/posts/good.md", "--json");
    const [{ revision } = { revision: "" }] = published.json<{ publications: { revision: string }[] }>().publications;
    expect(posts).toMatchObject([{ revision: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(posts[0]?.revision).toBe(revision);
  });

  it("fails for a warning with --fail-on warning", async () => {
    const site = openTestSite(configuration, files);
    expect((await site.run("check", "content/posts/bare.md")).status).toBe(0);
    expect((await site.run("check", "content/posts/bare.md", "--fail-on", "warning")).status).toBe(1);
    expect((await site.run("check", "content/posts/good.md", "--fail-on", "warning")).status).toBe(0);
    expect((await site.run("check", "--fail-on", "nonsense")).status).toBe(2);
  });

  it("checks a folder", async () => {
    const site = openTestSite(configuration, files);
    const { posts } = (await site.run("check", "content/posts/more", "--json")).json<Output>();
    expect(posts.map(({ path }) => path)).toEqual(["content/posts/more/held.md"]);
  });

  it("gives the same result from its cache until a file changes", async () => {
    const site = openTestSite(configuration, files);
    const first = await site.run("check", "--json");
    const second = await site.run("check", "--json");
    expect(second.stdout).toBe(first.stdout);
    site.write("content/posts/more/held.md", post("Held"));
    const third = (await site.run("check", "--json")).json<Output>();
    expect(third.posts.map(({ status }) => status)).toEqual(["ready", "ready", "ready"]);
    site.write(
      "postrider.yaml",
      configuration.replace("dir: content/posts", "dir: content/posts, checks: { missing-alt: off }"),
    );
    expect((await site.run("check", "--json")).json<Output>().rules).toEqual([]);
  });

  it("finds two posts with one title", async () => {
    const site = openTestSite(configuration, { ...files, "content/posts/again.md": post("Good") });
    const { posts, rules } = (await site.run("check", "--json")).json<Output>();
    expect(posts.find(({ path }) => path.endsWith("again.md"))?.diagnostics.map(({ code }) => code)).toEqual([
      "duplicate-title",
    ]);
    expect(rules).toContainEqual({ code: "duplicate-title", severity: "warning", findings: 2, posts: 2 });
  });

  it("suggests a preset and doesn't choose it", async () => {
    const site = openTestSite(configuration, {
      ...files,
      "hugo.toml": "title = 'x'\n",
      "content/posts/s.md": `${post("S")}\n{{< youtube dQw4w9WgXcQ >}}\n`,
    });
    const { stderr, stdout } = await site.run("check");
    expect(stderr).toContain('This looks like hugo (hugo.toml, "{{<" in s.md)');
    expect(stdout).toMatch(/s\.md:\d+: error template-syntax/);
    site.write("postrider.yaml", configuration.replace("dir: content/posts", "dir: content/posts, preset: hugo"));
    const told = await site.run("check");
    expect(told.stderr).not.toContain("This looks like");
    site.write("hugo.toml", '[permalinks]\nposts = "/:year/:slug/"\n');
    expect((await site.run("check")).stderr).toContain(
      'hugo.toml has a different value than postrider.yaml. If it is right for these posts, write "permalink: /:year/:slug/" under content.',
    );
    expect(told.stdout).not.toContain("template-syntax");
  });

  it("names an unknown preset and rule with line and spelling", async () => {
    const site = openTestSite(
      configuration.replace("dir: content/posts", "preset: hugoo, checks: { missing-alts: off }"),
    );
    const { stderr, status } = await site.run("check");
    expect(status).toBe(3);
    expect(stderr).toMatch(/postrider\.yaml:2: .*unknown preset "hugoo"; did you mean "hugo"\?/s);
    expect(stderr).toContain('unknown rule "missing-alts"; did you mean "missing-alt"?');
  });

  it("lists its rules", async () => {
    const site = openTestSite(configuration);
    expect((await site.run("check", "--rules")).stdout).toContain("| `placeholder` | error | yes |");
  });
});

describe("postrider init", () => {
  it("suggests a preset from what it finds", async () => {
    const site = openTestSite(configuration, {
      "_config.yml": "permalink: pretty\n",
      "_posts/2026-01-01-a.md": "{% highlight js %}",
    });
    const { suggestion } = (await site.run("init", "--json")).json<Output>();
    expect(suggestion?.preset).toBe("jekyll");
  });
});
