/** What README and the guides promise is there. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadAdapters } from "#adapters/index.ts";
import { readConfiguration } from "#config/site/site.ts";
import { openTestSite } from "./support/cli.ts";
import { tempDir } from "./support/temp.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file)),
];
const textOf = (page: string): string => readFileSync(join(root, page), "utf8");

describe("The documents", () => {
  it.each(pages)("have no broken link: %s", (page) => {
    const targets = [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target ?? "");
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });

  it("are all reachable from README", () => {
    const guides = readdirSync(join(root, "docs/guides")).map((file) => `docs/guides/${file}`);
    expect(guides.filter((guide) => !textOf("README.md").includes(`](${guide})`))).toEqual([]);
  });

  it("name only existing commands, and README names those that a beginner needs", async () => {
    const site = openTestSite("");
    const { stdout } = await site.run("--help");
    const commands = [...stdout.matchAll(/^ {2}([a-z-]+)(?: |$)/gm)].map(([, name]) => name);
    const named = pages.flatMap((page) =>
      [...textOf(page).matchAll(/(?:npx |`|\$ )postrider ([a-z][a-z-]+)/g)].map(([, name]) => name),
    );
    expect(named.length).toBeGreaterThan(10);
    expect([...new Set(named)].filter((name) => !commands.includes(name))).toEqual([]);
  });

  it("show a valid configuration", async () => {
    const [, yaml = ""] = /```yaml\n([\s\S]*?)```/.exec(textOf("README.md")) ?? [];
    const file = join(tempDir(), "postrider.yaml");
    writeFileSync(file, yaml);
    const config = await readConfiguration(file, { SMTP_URL: "smtp://relay.example" });
    expect(config.channels(await loadAdapters()).map(({ name }) => name)).toEqual(["newsletter", "feed", "social"]);
  });

  it("have a first screen with one sentence, the command and a picture", () => {
    const [sentence = "", command = ""] = textOf("README.md").split("\n\n").slice(1);
    expect(sentence.length).toBeLessThan(250);
    expect(command.trim()).toBe("npm ci && npm run demo");
    expect(textOf("README.md").indexOf("![")).toBeLessThan(500);
  });
});
