import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLiterals } from "#formats/js-literals.ts";

describe("A configuration in JavaScript", () => {
  it("is read only from literals", () => {
    const { exported, constants } = readLiterals(
      `// @ts-check
const url = 'https://example.org'
const meta = require("./meta.json")
export const SITE_TITLE = "A \\"quoted\\" title";
/** @type {import("x").Config} */
module.exports = {
  siteMetadata: { title: meta.site.title, siteUrl: url, author: process.env.AUTHOR || "nobody" }, // a comment, with { }
  'pathPrefix': \`/blog\`,
  ...shared,
  get now() { return "}" },
  plugins: [
    "one",
    { resolve: \`two\`, options: { path: \`\${__dirname}/src/pages\`, name: \`a\${b}\`, test: (x) => ({ a: 1 }) } },
    ...more,
  ],
  flags: { fast: true, size: 1_000, none: null, sum: 1 + 1, meta } as const,
};
`,
      (path) => (path === "./meta.json" ? { site: { title: "From JSON" } } : undefined),
    );
    expect(exported).toEqual({
      siteMetadata: { title: "From JSON", siteUrl: "https://example.org" },
      pathPrefix: "/blog",
      plugins: ["one", { resolve: "two", options: { path: "src/pages" } }, undefined],
      flags: { fast: true, size: 1000, none: null, meta: { site: { title: "From JSON" } } },
    });
    expect(constants).toMatchObject({ url: "https://example.org", SITE_TITLE: 'A "quoted" title' });
  });

  it.each([
    [
      "a wrapper",
      'import { defineConfig } from "astro/config";\nexport default defineConfig({ site: "https://a.example" });',
      { site: "https://a.example" },
    ],
    [
      "a constant",
      'import type { Config } from "x";\nconst config: Config = { title: "T" };\nexport default config;\n',
      { title: "T" },
    ],
    [
      "a function",
      "module.exports = function (config) {\n  config.add({ a: 1 });\n  return { dir: { input: 'src' } };\n};",
      { dir: { input: "src" } },
    ],
    ["an arrow", "export default () => ({ title: 'T' })", { title: "T" }],
    ["an import", 'import meta from "./meta.json";\nexport default { title: meta.title }', { title: "M" }],
    ["a type", 'export default { title: "T" } satisfies Config', { title: "T" }],
    ["nothing", "console.log(1)", undefined],
  ])("is read after %s", (_, source, expected) => {
    expect(readLiterals(source, () => ({ title: "M" })).exported).toEqual(expected);
  });

  it("is never run, and reading always ends", () => {
    const marks = fc.constantFrom(
      "module.exports = ",
      "{",
      "}",
      "[",
      "]",
      "(",
      ")",
      ",",
      ":",
      "`",
      "${",
      '"',
      "'",
      "//",
      "/*",
      "a",
      "\n",
      "1",
    );
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 40 }), (parts) => {
        readLiterals(`module.exports = ${parts.join("")}`);
      }),
      { numRuns: 2_000 },
    );
    expect(readLiterals("module.exports = { a: globalThis.wasRun = true, __proto__: { b: 1 } }").exported).toEqual({});
    expect("wasRun" in globalThis).toBe(false);
    expect(readLiterals(`module.exports = ${"[".repeat(100_000)}`).exported).toBeUndefined();
  });
});
