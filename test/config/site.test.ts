import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readConfiguration } from "#config/site/site.ts";
import type { Adapter, Schema } from "#core/adapter.ts";
import { ConfigError } from "#core/errors.ts";
import { tempDir } from "../support/temp.ts";

const smtp = {
  name: "smtp",
  medium: "email",
  traits: { idempotent: false },
  config: z.strictObject({ url: z.string().min(1), from: z.string(), list: z.string() }) as Schema<unknown>,
} as Adapter;
const adapters = new Map([["smtp", smtp]]);

const good = `site:
  title: A Blog
  url: https://example.org/
channels:
  newsletter:
    adapter: smtp
    url: \${SMTP_URL}
    from: A Blog <news@example.org>
    list: everyone
`;

function fileWith(text: string): string {
  const file = join(tempDir(), "postrider.yaml");
  writeFileSync(file, text);
  return file;
}

async function errorOf(text: string, variables = {}): Promise<ConfigError> {
  try {
    const configuration = await readConfiguration(fileWith(text), variables);
    configuration.channels(adapters);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("no error");
}

/** `${text}`, as the file has it. */
const variable = (text: string): string => ["$", "{", text, "}"].join("");

describe("postrider.yaml", () => {
  it("is read with its defaults, secrets from the environment", async () => {
    const configuration = await readConfiguration(fileWith(good), { SMTP_URL: "smtp://relay.example" });
    expect(configuration.site).toEqual({
      title: "A Blog",
      url: "https://example.org",
      description: "",
      language: "en",
      timezone: "UTC",
    });
    expect(configuration.content).toEqual({ dir: join(configuration.dir, "content/posts"), preset: "plain" });
    expect(configuration.channels(adapters)).toEqual([
      {
        name: "newsletter",
        adapter: "smtp",
        medium: "email",
        list: "everyone",
        config: { url: "smtp://relay.example", from: "A Blog <news@example.org>", list: "everyone" },
      },
    ]);
  });

  it("accepts a site's own changes to its preset, and finds mistakes in them", async () => {
    const content =
      "content:\n  preset: hugo\n  keys: { title: headline }\n  handlers: { chart: drop }\n  checks: { todo: off }\n";
    const configuration = await readConfiguration(fileWith(good + content), {});
    expect(configuration.content).toMatchObject({
      preset: "hugo",
      keys: { title: ["headline"] },
      handlers: { chart: "drop" },
      checks: { todo: "off" },
    });
    const wrong = await errorOf(good + content.replace("drop", "dorp").replace("title:", "titel:"));
    expect(wrong.message).toMatch(/content\.handlers\.chart: .*did you mean "drop"\?/);
    expect(wrong.message).toMatch(/content\.keys/);
  });

  it("reports an unknown preset and rule", async () => {
    const file = fileWith(`${good}content:\n  preset: hugoo\n  checks: { todos: off }\n`);
    const known = { presets: ["hugo", "plain"], checks: ["todo"] };
    const error = await readConfiguration(file, {}, known).catch((cause: ConfigError) => cause);
    expect(error).toMatchObject({ line: 11, message: expect.stringContaining('did you mean "hugo"?') });
    expect((error as ConfigError).message).toContain('unknown rule "todos"; did you mean "todo"?');
  });

  it("names an unknown key with its line and the nearest right one", async () => {
    const error = await errorOf(good.replace("title:", "titel:"));
    expect(error.message).toMatch(/postrider\.yaml:2: site\.titel/);
    expect(error.message).toContain('site.titel: unknown key "titel"; did you mean "title"?');
    expect(error.message).toContain("site.title: is missing");
  });

  it("names a wrong key of a channel, too", async () => {
    const error = await errorOf(good.replace("from:", "form:"), { SMTP_URL: "x" });
    expect(error.line).toBe(5);
    expect(error.message).toContain('unknown key "form"; did you mean "from"?');
  });

  it("names the expected and the found value", async () => {
    const error = await errorOf(good.replace("https://example.org/", "example.org"));
    expect(error.line).toBe(3);
    expect(error.message).toBe('site.url: expected an address that begins with https://, found "example.org"');
  });

  it("reports every problem at once", async () => {
    const error = await errorOf(`${good.replace("https://example.org/", "nowhere")}extra: 1\n`);
    expect(error.message.split("\n")).toHaveLength(2);
  });

  it("suggests an adapter with a similar name", async () => {
    const error = await errorOf(good.replace("adapter: smtp", "adapter: smpt"), { SMTP_URL: "x" });
    expect(error.message).toBe('channels.newsletter.adapter: unknown adapter "smpt"; did you mean "smtp"?');
    expect(error.line).toBe(6);
  });

  it("reports a missing variable only if its channel is used", async () => {
    const error = await errorOf(good);
    expect(error.line).toBe(7);
    expect(error.message).toContain("SMTP_URL is not set");
    const configuration = await readConfiguration(fileWith(good), {});
    expect(
      configuration.channels(new Map([["smtp", { ...smtp, config: z.looseObject({}) as Schema<unknown> }]]), {
        dummies: true,
      }),
    ).toHaveLength(1);
  });

  it("needs only the variables of the channels that are used", async () => {
    const text = good.replace("channels:", "channels:\n  local: { adapter: smtp, url: x, from: a, list: everyone }");
    const configuration = await readConfiguration(fileWith(text), {});
    expect(configuration.channels(adapters, { names: ["local"] }).map(({ name }) => name)).toContain("local");
    expect(() => configuration.channels(adapters, { names: ["newsletter"] })).toThrow("SMTP_URL is not set");
  });

  it("keeps a channel without credentials for commands that make no connection", async () => {
    const configuration = await readConfiguration(fileWith(good), {});
    expect(configuration.channels(adapters, { dummies: true })).toMatchObject([
      { name: "newsletter", list: "everyone", config: { from: "A Blog <news@example.org>" } },
    ]);
    expect(() => configuration.channels(adapters, {})).toThrow("SMTP_URL is not set");
  });

  it("never repeats a value from the environment", async () => {
    const picky = { ...smtp, config: z.strictObject({ url: z.url("expected a URL") }) as Schema<unknown> };
    const configuration = await readConfiguration(fileWith(good.replace(/ {4}from[\s\S]*/, "")), {
      SMTP_URL: "s3cret",
    });
    expect(() => configuration.channels(new Map([["smtp", picky]]))).toThrow(
      "channels.newsletter.url: expected a URL, found the value of SMTP_URL",
    );
  });

  it("refuses a duplicate key", async () => {
    const error = await errorOf(`${good}  newsletter: { adapter: smtp, url: x, from: a, list: b }\n`);
    expect(error).toMatchObject({ line: 10, message: '"newsletter" is given twice' });
  });

  it.each([
    ["title: A Blog", "title: 5", "site.title: expected a text, found 5"],
    ["title: A Blog", 'title: ""', 'site.title: expected a text that is not empty, found ""'],
    [/newsletter:[\s\S]*/, "[ a ]", "channels: expected a mapping, found a list"],
    ["newsletter:", "My News:", /^channels\.My News: a channel's name has small letters.*, found "My News"$/],
    ["channels:", "server: { metrics: yes }\nchannels:", 'server.metrics: expected true or false, found "yes"'],
  ])("explains in words: %s as %s", async (right, wrong, message) => {
    expect((await errorOf(good.replace(right, wrong))).message).toMatch(message);
  });

  it("accepts a default for a variable", async () => {
    const configuration = await readConfiguration(
      fileWith(good.replace(variable("SMTP_URL"), variable("SMTP_URL:-inbox:mail"))),
      {},
    );
    expect(configuration.channels(adapters)[0]?.config).toMatchObject({ url: "inbox:mail" });
  });

  it("gives the line of broken YAML", async () => {
    const error = await errorOf("site:\n  title: a: b\n");
    expect(error.line).toBe(2);
  });

  it("explains how to create a missing configuration", async () => {
    await expect(readConfiguration("/nowhere/postrider.yaml", {})).rejects.toMatchObject({
      name: "ConfigError",
      hint: expect.stringContaining("postrider init"),
    });
  });

  it("refuses a time zone and a language that don't exist", async () => {
    expect((await errorOf(good.replace("channels:", "  timezone: Mars/Olympus\nchannels:"))).message).toContain(
      "expected a time zone",
    );
    expect((await errorOf(good.replace("channels:", "  language: not_a_tag\nchannels:"))).message).toContain(
      "expected a language tag",
    );
  });
});

describe("Pictures", () => {
  it("are published as configured, in folders relative to the configuration", async () => {
    const more = "pictures: { hosts: [cdn.example.org], publish: { dir: pics, url: https://example.org/pics } }\n";
    const file = fileWith(good + more);
    const { pictures } = await readConfiguration(file, { SMTP_URL: "smtp://relay.example" });
    expect(pictures).toEqual({
      hosts: ["cdn.example.org"],
      publish: { dir: join(file, "../pics"), url: "https://example.org/pics" },
    });
    expect((await errorOf(`${good}pictures: { host: [a] }\n`, { SMTP_URL: "smtp://x" })).message).toContain(
      'did you mean "hosts"?',
    );
  });

  it("can be published by the server if it has an address", async () => {
    const more = "pictures: { publish: server }\n";
    const server = "server: { url: https://news.example.org/ }\n";
    const { pictures } = await readConfiguration(fileWith(good + server + more), { SMTP_URL: "smtp://x" });
    expect(pictures.publish).toEqual({ url: "https://news.example.org/pictures" });
    const error = await errorOf(good + more, { SMTP_URL: "smtp://x" });
    expect(error.message).toContain("server.url must be set");
    expect((await errorOf(`${good}pictures: { publish: here }\n`, { SMTP_URL: "smtp://x" })).message).toContain(
      'expected "server", or a folder and its address',
    );
  });
});
