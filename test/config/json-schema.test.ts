/** What editors are told: every key with what it is for, and nothing of what the reading of the files knows to be right is wrong. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { loadAdapters } from "#adapters/index.ts";
import { jobJsonSchema } from "#config/jobs/jobs.ts";
import { siteJsonSchema } from "#config/site/site-json-schema.ts";
import { parseYaml } from "#formats/yaml.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const written = (file: string): unknown => parseYaml(readFileSync(join(root, file), "utf8")).value;
const variable = ["$", "{NAME}"].join("");
const siteSchema = siteJsonSchema((await loadAdapters()).values());

/** Paths of keys that say nothing; what only an adapter knows is described in its guide. */
function speechless(schema: unknown, path = ""): string[] {
  if (typeof schema !== "object" || schema === null || path.endsWith("/allOf")) return [];
  const { properties = {} } = schema as { properties?: Record<string, { description?: string }> };
  const silent = Object.entries(properties).filter(([, { description = "" }]) => description === "");
  return [
    ...silent.map(([key]) => `${path}/${key}`),
    ...Object.entries(schema).flatMap(([key, value]) => speechless(value, `${path}/${key}`)),
  ];
}

function mistakesOf(schema: unknown, value: unknown): string[] {
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema as object);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe("The schemas for editors", () => {
  it("describe every key", () => {
    expect(speechless(jobJsonSchema())).toEqual([]);
    expect(speechless(siteSchema)).toEqual([]);
  });

  it("accept the files that we ship, with their variables", () => {
    expect(mistakesOf(siteSchema, written("postrider.yaml"))).toEqual([]);
    const jobs = readdirSync(join(root, "jobs")).filter((name) => name.endsWith(".yaml"));
    expect(jobs.flatMap((name) => mistakesOf(jobJsonSchema(), written(`jobs/${name}`)))).toEqual([]);
  });

  it("contain the settings of each adapter in all their forms, and those of every channel", () => {
    const site = { title: "A Blog", url: "https://example.org" };
    const mistakes = (channel: object): string[] => mistakesOf(siteSchema, { site, channels: { one: channel } });
    expect(mistakes({ adapter: "slack", url: variable, after: "+10m", hashtags: 2 })).toEqual([]);
    expect(
      mistakes({ adapter: "slack", token: variable, channel: "C1", quiet: { from: "22:00", to: "07:00" } }),
    ).toEqual([]);
    expect(mistakes({ adapter: "./adapters/mine.js", anything: true })).toEqual([]);
    expect(mistakes({ adapter: "mastodon", server: "https://m.example", token: "x", tokn: "x" }).join()).toContain(
      "must NOT have additional properties",
    );
    expect(mistakes({ adapter: "rss", out: "public", after: "+10m" })).not.toEqual([]);
    expect(mistakes({ adapter: "mastodn" })).not.toEqual([]);
  });
});
