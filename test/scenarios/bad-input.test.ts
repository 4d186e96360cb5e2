/** Every mistake gets a sentence, a place and the right exit status, and nothing is half sent. */

import { describe, expect, it } from "vitest";
import { mailSite, openTestSite, post } from "../support/cli.ts";

const relay = "smtp://127.0.0.1:1";

describe("A post that can't be sent", () => {
  it.each([
    ["is missing", "content/posts/nowhere.md", undefined, /nowhere\.md:1: error \S+ /],
    ["is empty", "content/posts/empty.md", "", /empty\.md:1: error \S+ /],
    [
      "would run code",
      "content/posts/code.md",
      "---js\n{ title: process.exit(7) }\n---\nText.\n",
      /code\.md:1: error \S+ /,
    ],
    [
      "has broken YAML",
      "content/posts/yaml.md",
      "---\ntitle: ok\nauthor: a: b\n---\nText.\n",
      /yaml\.md:3: error \S+ /,
    ],
    [
      "has no title",
      "content/posts/untitled.md",
      "---\ndate: 2026-01-01\n---\nText without any heading.\n",
      /untitled\.md:\d+: error \S*title/,
    ],
  ])("because it %s is reported with its line, and nothing is sent", async (_, path, text, expected) => {
    const site = openTestSite(mailSite(relay));
    if (text !== undefined) site.write(path, text);
    const result = await site.run("publish", path);
    expect(result.stderr).toMatch(expected);
    expect(result.status).toBe(1);
    expect((await site.run("status", "--json")).json()).toEqual({ publications: [] });
  });

  it.each([
    ["publish", []],
    ["republish", []],
    ["send-test", ["--to", "me@example.org"]],
    ["preview", []],
    ["check", []],
  ])("is reported in one JSON document by %s", async (command, more) => {
    const site = openTestSite(mailSite(relay));
    const result = await site.run(command, "content/posts/nowhere.md", "--json", ...more);
    expect(result.status).toBe(1);
    expect(JSON.stringify(result.json())).toContain('"missing-file"');
  });

  it("does not block the others", async () => {
    const site = openTestSite(mailSite(relay, "  feed: { adapter: rss, out: public }\n"), {
      "content/posts/good.md": post("Good"),
      "content/posts/bad.md": "",
    });
    const result = await site.run(
      "publish",
      "content/posts/bad.md",
      "content/posts/good.md",
      "--channels",
      "feed",
      "--json",
    );
    expect(result.status).toBe(1);
    expect(result.json()).toMatchObject({
      publications: [{ post: "good.md" }],
      refused: [{ path: "content/posts/bad.md" }],
    });
  });
});

describe("A configuration that is wrong", () => {
  it("gives exit status 3, its line, and the correct spelling", async () => {
    const site = openTestSite(mailSite(relay).replace("  title:", "  titel:"));
    const result = await site.run("check");
    expect(result.status).toBe(3);
    expect(result.stderr).toMatch(/postrider\.yaml:2: .*did you mean "title"\?/s);
  });

  it("can be missing", async () => {
    const site = openTestSite(mailSite(relay));
    const result = await site.run("--config", "elsewhere.yaml", "check");
    expect(result.status).toBe(3);
    expect(result.stderr).toContain("postrider init");
  });

  it("is one JSON document, too, when asked for", async () => {
    const site = openTestSite(mailSite(relay).replace("adapter: smtp", "adapter: smpt"));
    const result = await site.run("check", "--json");
    expect(result.status).toBe(3);
    expect(result.json()).toMatchObject({ error: { code: "invalid", line: 8 } });
  });
});

describe("Wrong usage", () => {
  it.each([
    [["publish"]],
    [["publihs", "x.md"]],
    [["publish", "x.md", "--at", "tomorrow"]],
    [["subscribers", "import", "x.csv"]],
    [["--nonsense"]],
    [[]],
  ])("has exit status 2: %j", async (args) => {
    const site = openTestSite(mailSite(relay));
    const result = await site.run(...args);
    expect(result.status).toBe(2);
    expect(result.stderr).not.toBe("");
    expect(result.stdout).toBe("");
  });

  it("is naming a channel or an address that can't be", async () => {
    const site = openTestSite(mailSite(relay), { "content/posts/hello.md": post("Hello") });
    const channel = await site.run("publish", "content/posts/hello.md", "--channels", "newsleter");
    expect(channel.status).toBe(2);
    expect(channel.stderr).toContain('did you mean "newsletter"?');
    const address = await site.run("send-test", "content/posts/hello.md", "--to", "nobody");
    expect(address.status).toBe(2);
  });

  it("is one JSON document, too, when asked for", async () => {
    const site = openTestSite(mailSite(relay));
    const result = await site.run("publish", "x.md", "--nonsense", "--json");
    expect(result.status).toBe(2);
    expect(result.json()).toEqual({ error: { code: "invalid", message: "unknown option '--nonsense'" } });
  });

  it("is not asking for help or the version", async () => {
    const site = openTestSite(mailSite(relay));
    const help = await site.run("publish", "--help");
    expect(help.status).toBe(0);
    expect(help.stdout).toContain("Examples:");
    expect((await site.run("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("A file of subscribers", () => {
  it("is imported without its bad rows, each of which is reported with its line", async () => {
    const site = openTestSite(mailSite(relay), {
      "readers.csv":
        "\uFEFFName;E-Mail\n".replace(";", ",") +
        'Ada,ada@example.org\n"Multi\nLine",multi@example.org\nBad,not-an-address\nAda again,ADA@example.org\n,empty@\n',
    });
    const result = await site.run("subscribers", "import", "readers.csv", "--list", "everyone", "--json");
    expect(result.json()).toMatchObject({
      added: 2,
      duplicates: 1,
      rejected: [{ line: 5, reason: "no @" }, { line: 7 }],
    });
    expect(result.status).toBe(1);
  });

  it("needs a column of addresses", async () => {
    const site = openTestSite(mailSite(relay), { "readers.csv": "who,where\nAda,here\n" });
    const result = await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/readers\.csv:1: No column with email addresses was found/);
  });

  it("must exist", async () => {
    const site = openTestSite(mailSite(relay));
    const result = await site.run("subscribers", "import", "nowhere.csv", "--list", "everyone");
    expect(result.status).toBe(1);
    expect(result.stderr).toContain("nowhere.csv");
  });
});
