import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { highlight } from "#render/highlight.ts";
import { readTheme } from "#render/theme.ts";
import { list, makePost, openTestRenderer, templatesDir } from "./support.ts";

const theme = readTheme(readFileSync(`${templatesDir}/theme.yaml`, "utf8"), "theme.yaml");

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe("Code", () => {
  it("has colours that can be read on its ground, light and dark", () => {
    for (const palette of [theme.light, theme.dark])
      for (const [role, colour] of Object.entries(palette.code))
        expect(contrast(colour, palette.tint), role).toBeGreaterThanOrEqual(4.5);
  });

  it("gets them where its language is known, and stays plain elsewhere", async () => {
    const renderer = await openTestRenderer();
    const html = async (fence: string) =>
      (await renderer.email(makePost(`\`\`\`${fence}\nconst a = "b"; // c\n\`\`\``), list)).html;
    expect(await html("js")).toContain(
      '<span class="ck">const</span> a = <span class="ct">&quot;b&quot;</span>; <span class="cc">// c</span>',
    );
    expect(await html("klingon")).toContain('const a = "b"; // c');
    expect(await html("")).not.toContain('<span class="c');
    expect(renderer.feed(makePost("```js\nlet a\n```")).html).toBe("<pre><code>let a\n</code></pre>");
  });

  it("is the same text with and without them, whatever it says", () => {
    const entities: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#x27;": "'" };
    fc.assert(
      fc.property(
        fc.constantFrom("js", "ts", "html", "python", "bash", "css", "yaml", "diff", "json", "cpp"),
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 200 }),
          fc
            .array(
              fc.constantFrom(
                "<",
                "</span>",
                '"',
                "'",
                "`",
                "${",
                "{",
                "}",
                "//",
                "/*",
                "\n",
                "if",
                "&amp;",
                "<b>",
                "#",
                "=",
              ),
            )
            .map((parts) => parts.join(" ")),
        ),
        (language, text) => {
          const html = highlight(text, language) ?? "";
          const bare = html
            .replace(/<\/?span[^>]*>/g, "")
            .replace(/&(?:lt|gt|amp|quot|#x27);/g, (entity) => entities[entity] ?? "");
          expect(bare).toBe(text);
          expect(html.match(/<span/g)?.length ?? 0).toBe(html.match(/<\/span>/g)?.length ?? 0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
